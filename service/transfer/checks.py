"""What a row must be before it is stored: nothing that pages or maintenance could stumble over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain import ids, moments, text
from service.domain.attribute import ATTRIBUTES
from service.domain.comment import Comment
from service.domain.site import Site
from service.domain.thread import Thread, canonical_url, origin_of, thread_id
from service.readers.intake.checks.email import email_faults
from service.store.people import flags
from service.store.upkeep.archive import Archived, ArchivedThread
from service.transfer.rows import CommentRow, ThreadRow

# The clocks of two machines may differ.
AHEAD = timedelta(hours=1)
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Checked:
    """A comment that may be stored, with the number of its line and its article's address."""

    line: int
    archived: Archived
    article: ArchivedThread

    @property
    def comment(self) -> Comment:
        """The comment itself."""
        return self.archived.comment


def thread(site: Site, row: ThreadRow, now: datetime) -> ArchivedThread:
    """Make an article of a row.

    :raises ValueError: a value cannot be; the message names the field.
    """
    _check_past("opened", row.opened, now)
    # Of an article that has moved, the old address may have been elsewhere.
    url = canonical_url(row.url) if row.moved_to else _address(site, row.url)
    return ArchivedThread(
        thread=Thread(id=thread_id(url), url=url, title=text.clean_name(row.title)),
        opened=row.opened,
        votes=row.votes,
        state=row.state.value if row.state else "",
        moved_to=_address(site, row.moved_to) if row.moved_to else "",
    )


def comment(site: Site, row: CommentRow, now: datetime) -> tuple[Archived, ArchivedThread]:
    """Make a comment of a row, and the article that it names.

    :raises ValueError: a value cannot be; the message names the field.
    """
    _check_times(row, now)
    _check_parent(row)
    _check_people(row, now)
    url = _address(site, row.thread)
    body, name = text.clean_body(row.body), text.clean_name(row.name)
    for field, shown in (("body", body), ("name", name)):
        if text.is_blank(shown):
            raise ValueError(f"{field}: nothing of it can be seen")
    made = Comment(
        id=row.id,
        thread=thread_id(url),
        parent=row.parent,
        author=row.author,
        name=name,
        email=row.email,
        badge=row.badge,
        body=body,
        created_at=moments.from_ms(row.created),
        status=row.status,
        revision=row.revision,
        edited_at=moments.from_ms(row.edited) if row.edited else None,
        scores={known: row.scores[known] for known in ATTRIBUTES if known in row.scores},
        reasons=tuple(row.reasons),
    )
    article = ArchivedThread(thread=Thread(id=made.thread, url=url), opened=row.created)
    return Archived(comment=made, votes=row.votes, flags=row.flags), article


def _check_times(row: CommentRow, now: datetime) -> None:
    if not ids.is_id(row.id):
        shown = repr(row.id[:SHOWN])
        raise ValueError(f"id: {shown} is no comment id (26 characters, ULID in lower case)")
    if ids.made_at(row.id) != moments.from_ms(row.created):
        raise ValueError("created: this is not the moment in the id")
    _check_past("created", row.created, now)
    _check_past("edited", row.edited or 0, now)


def _check_past(field: str, ms: int, now: datetime) -> None:
    if moments.from_ms(ms) > now + AHEAD:
        raise ValueError(f"{field}: this is in the future")


def _check_parent(row: CommentRow) -> None:
    if row.parent is None:
        return
    if not ids.is_id(row.parent):
        raise ValueError(f"parent: {row.parent[:SHOWN]!r} is no comment id")
    # Ids sort by time, so that no chain of answers can come back to its beginning.
    if row.parent >= row.id:
        raise ValueError("parent: a comment cannot answer itself or a later one")


def _check_people(row: CommentRow, now: datetime) -> None:
    if email_faults(row.email):
        raise ValueError("email: this is no e-mail address")
    for reader, entry in row.flags.items():
        try:
            flag = flags.check(reader, entry)
        except ValueError as error:
            raise ValueError(f"flags.{reader}: {error}") from None
        _check_past(f"flags.{reader}", moments.to_ms(flag.at), now)


def _address(site: Site, url: str) -> str:
    address = canonical_url(url)
    if not site.owns(origin_of(address)):
        raise ValueError(f"{url[:SHOWN]!r}: this address does not belong to the site")
    return address
