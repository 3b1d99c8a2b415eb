"""Authors: their records, and their latest comments."""

from typing import cast

from service.domain import moments
from service.domain.author import AuthorRecord
from service.domain.comment import Status
from service.store.record import Record


def records(record: Record, authors: list[str]) -> list[AuthorRecord]:
    """Read the records of authors, in the given order."""
    with record.redis.pipeline(transaction=False) as pipe:
        for author in authors:
            pipe.hgetall(record.keys.author(author))
        return [_read(cast("dict[str, str]", row)) for row in pipe.execute()]


def latest(record: Record, author: str, *, limit: int = 50) -> list[str]:
    """List the ids of an author's latest comments, the newest first."""
    return cast("list[str]", record.redis.zrevrange(record.keys.latest(author), 0, limit - 1))


def _read(fields: dict[str, str]) -> AuthorRecord:
    return AuthorRecord(
        approved=int(fields.get(Status.APPROVED, 0)),
        held=int(fields.get(Status.HELD, 0)),
        rejected=int(fields.get(Status.REJECTED, 0)),
        removed=int(fields.get(Status.REMOVED, 0)),
        withdrawn=int(fields.get("withdrawn", 0)),
        first=moments.from_ms(fields["first"]) if "first" in fields else None,
    )
