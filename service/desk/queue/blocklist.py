"""A moderator adds a word from a comment to what the site blocks."""

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
# A colleague may save the policy at the same moment, hardly three of them.
TRIES = 3


def block(core: Core, site: Site, moderator: Moderator, word: str) -> str:
    """Block a word, a phrase or an RE2 pattern between slashes from now on.

    :raises NotAllowed: the site is not his, or he may only look.
    :raises Invalid: it is none, too long, or no pattern of RE2.
    """
    permission.admit(site, moderator)
    wanted = text.clean_name(word)
    if text.is_blank(wanted):
        raise Invalid(Fault("word", "empty", "Please choose a word."))
    permission.check_length(wanted, "word", MAX_WORD)
    if fault := refused(wanted):
        raise Invalid(Fault("word", "no-pattern", fault))
    for _ in range(TRIES):
        known = sites.get(core.redis, site.name)
        if sites.change(core.redis, known, _with(known, wanted)):
            record = core.at(site.name)
            line = {"about": "blocked_words", "new": f"+ {wanted}"}
            acts.write(record, "policy", by=moderator.name, **line)
            return wanted
    raise StaleStatus("changed")


def _with(site: Site, word: str) -> Site:
    known = site.policy.blocked_words
    if word.casefold() in {one.casefold() for one in known}:
        return site
    if len(known) >= MAX_WORDS:
        raise Invalid(Fault("word", "how-many", f"The list is full: at most {MAX_WORDS} entries."))
    return replace(site, policy=replace(site.policy, blocked_words=(*known, word)))
