"""Authors as moderators see them: their latest comments and their status."""

from dataclasses import dataclass
from datetime import timedelta

from service.core import Core
from service.desk.queue import permission
from service.domain import text
from service.domain.author import AuthorRecord
from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.domain.comment import Comment
from service.domain.errors import Fault, Invalid, NotAllowed
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.comments import comments
from service.store.desk import acts
from service.store.people import author_status, authors

MAX_DAYS = 3650
# Authors with these statuses see the reason.
NOTIFIED = frozenset({AuthorStatusKind.WARNED, AuthorStatusKind.BANNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPage:
    """An author's record and status, and their latest comments, newest first."""

    author: str
    record: AuthorRecord
    author_status: AuthorStatus | None
    latest: list[Comment]


def open_author(core: Core, site: Site, moderator: Moderator, author: str) -> AuthorPage:
    """Show an author's record, status and latest comments.

    :raises NotAllowed: the site is not this moderator's.
    """
    permission.check_may_see(site, moderator)
    record = core.at(site.name)
    latest = comments.get_many(record, authors.latest(record, author))
    person = next((comment.person for comment in latest if comment.person), "")
    [status] = author_status.of_many(record, [(author, person)], now=core.now())
    [past] = authors.records(record, [author])
    return AuthorPage(author=author, record=past, author_status=status, latest=latest)


def treat(
    core: Core,
    site: Site,
    moderator: Moderator,
    comment_id: str,
    kind: AuthorStatusKind,
    *,
    days: int | None = None,
    why: str = "",
    everywhere: bool = False,
) -> AuthorStatus:
    """Set the status of a comment's author, for some days or for good.

    :raises NotAllowed: the site, or for `everywhere` any site, is not this moderator's.
    :raises Invalid: the reason is missing or too long, or the number of days is out of range.
    """
    _check_may_treat(site, moderator, everywhere)
    comment = permission.find_comment(core, site, comment_id)
    reason = text.clean_body(why)
    _check(kind, days, reason)
    now = core.now()
    status = AuthorStatus(
        kind=kind,
        by=moderator.name,
        at=now,
        why=reason,
        until=now + timedelta(days=days) if days else None,
        everywhere=everywhere,
    )
    record = core.at(site.name)
    author_status.put(record, comment.author, comment.person, status)
    new = f"{kind} {f'{days} days' if days else 'for good'}{' everywhere' if everywhere else ''}"
    acts.write(record, "author", by=moderator.name, about=comment.id, new=new)
    return status


def lift(
    core: Core, site: Site, moderator: Moderator, comment_id: str, *, everywhere: bool = False
) -> None:
    """Remove the status of a comment's author.

    :raises NotAllowed: the site, or for `everywhere` any site, is not this moderator's.
    """
    _check_may_treat(site, moderator, everywhere)
    comment = permission.find_comment(core, site, comment_id)
    record = core.at(site.name)
    author_status.lift(record, comment.author, comment.person, everywhere=everywhere)
    acts.write(record, "author", by=moderator.name, about=comment.id, new="like everybody")


def _check_may_treat(site: Site, moderator: Moderator, everywhere: bool) -> None:
    permission.check_may_decide(site, moderator)
    if everywhere and moderator.sites:
        raise NotAllowed(site.name)


def _check(kind: AuthorStatusKind, days: int | None, reason: str) -> None:
    permission.check_length(reason, "why", permission.MAX_REASON)
    if days is not None and not 1 <= days <= MAX_DAYS:
        raise Invalid(Fault("days", "how-many", f"1 to {MAX_DAYS} days, or none for good."))
    if kind in NOTIFIED and text.is_blank(reason):
        raise Invalid(Fault("why", "missing", "Please write a message for the author."))
