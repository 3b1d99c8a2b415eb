"""Adding a word from a comment to the site's blocked words."""

from dataclasses import replace

from service.blocklist import refused
from service.core import Core
from service.desk.queue import permission
from service.domain import text
from service.domain.errors import Fault, Invalid, StaleStatus
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.desk import acts
from service.store.site import sites

MAX_WORD = 100
MAX_WORDS = 5000
# One colleague may save the policy at the same moment; three are unlikely.
TRIES = 3


def block(core: Core, site: Site, moderator: Moderator, typed: str) -> str:
    """Block a word, a phrase or an RE2 pattern between slashes.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: it is empty, too long, or not a valid RE2 pattern.
    """
    permission.check_may_decide(site, moderator)
    word = _checked(text.clean_name(typed))
    for _ in range(TRIES):
        current = sites.get(core.redis, site.name)
        if sites.change(core.redis, current, _with(current, word)):
            record, log = core.at(site.name), {"about": "blocked_words", "new": f"+ {word}"}
            acts.write(record, "policy", by=moderator.name, **log)
            return word
    raise StaleStatus("changed")


def _checked(word: str) -> str:
    if text.is_blank(word):
        raise Invalid(Fault("word", "empty", "Please choose a word."))
    permission.check_length(word, "word", MAX_WORD)
    if fault := refused(word):
        raise Invalid(Fault("word", "no-pattern", fault))
    return word


def _with(site: Site, word: str) -> Site:
    blocked = site.policy.blocked_words
    if word.casefold() in {entry.casefold() for entry in blocked}:
        return site
    if len(blocked) >= MAX_WORDS:
        raise Invalid(Fault("word", "how-many", f"The list is full: at most {MAX_WORDS} entries."))
    return replace(site, policy=replace(site.policy, blocked_words=(*blocked, word)))
