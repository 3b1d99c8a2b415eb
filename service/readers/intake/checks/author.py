"""An author whom a moderator has banned is refused; one who is warned is told so, once."""

from collections.abc import Sequence

from service.core import Core
from service.domain.errors import Fault
from service.domain.footing import Footing, FootingKind
from service.domain.sentences import Sentence, said
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft
from service.store.people import author_status


def check_author(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Say what a moderator has decided against this author, in the moderator's words."""
    record, who = core.at(site.name), (draft.comment.author, draft.comment.person)
    [footing] = author_status.of_many(record, [who], now=core.now())
    if footing is None:
        return []
    if footing.kind is FootingKind.BANNED:
        return [Fault("form", "banned", _banned(footing))]
    if footing.kind is FootingKind.WARNED and not footing.told:
        author_status.mark_told(record, *who, footing)
        return [Fault("form", "warned", _warned(footing))]
    return []


def _banned(footing: Footing) -> Sentence:
    if footing.until is None:
        return said("You cannot comment here any more. %(why)s", why=footing.why)
    until = footing.until.strftime("%Y-%m-%d %H:%M UTC")
    return said("You cannot comment here until %(until)s. %(why)s", until=until, why=footing.why)


def _warned(footing: Footing) -> Sentence:
    return said("A word from the moderators: %(why)s Send it again to go on.", why=footing.why)
