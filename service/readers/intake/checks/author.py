"""Check of the author: a banned author is refused, and a warned one sees the warning once."""

from collections.abc import Sequence

from service.core import Core
from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.domain.errors import Fault
from service.domain.sentences import Sentence, said
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft, former_authors
from service.store.people import author_status


def check_author(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Report a ban, or a new warning, in the moderator's words."""
    record, author = core.at(site.name), (draft.comment.author, draft.comment.person)
    for former in former_authors(core, site, draft):
        author_status.carry_over(record, former, author)
    [status] = author_status.of_many(record, [author], now=core.now())
    if status is None:
        return []
    if status.kind is AuthorStatusKind.BANNED:
        return [Fault("form", "banned", _banned(status))]
    if status.kind is AuthorStatusKind.WARNED and not status.told:
        author_status.mark_told(record, *author, status)
        return [Fault("form", "warned", _warned(status))]
    return []


def _banned(status: AuthorStatus) -> Sentence:
    if status.until is None:
        return said("You cannot comment here any more. %(why)s", why=status.why)
    until = status.until.strftime("%Y-%m-%d %H:%M UTC")
    return said("You cannot comment here until %(until)s. %(why)s", until=until, why=status.why)


def _warned(status: AuthorStatus) -> Sentence:
    return said("A word from the moderators: %(why)s Send it again to go on.", why=status.why)
