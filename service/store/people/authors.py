"""Authors: what has become of their comments so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import moments
from service.domain.comment import Status
from service.store.keys import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How many of an author's comments stand where, and when the first one came.

    Of those that are `removed`, he took back `withdrawn` himself.
    """

    approved: int = 0
    held: int = 0
    rejected: int = 0
    removed: int = 0
    withdrawn: int = 0
    first: datetime | None = None

    @property
    def refused(self) -> int:
        """How many others did not let stand."""
        return self.rejected + self.removed - self.withdrawn


def records(redis: Redis, keys: Keys, authors: list[str]) -> list[Record]:
    """Read the records of authors, in their order."""
    with redis.pipeline(transaction=False) as pipe:
        for author in authors:
            pipe.hgetall(keys.author(author))
        return [_read(cast("dict[str, str]", found)) for found in pipe.execute()]


def latest(redis: Redis, keys: Keys, author: str, *, limit: int = 50) -> list[str]:
    """Name an author's latest comments, the newest first."""
    return cast("list[str]", redis.zrevrange(keys.latest(author), 0, limit - 1))


def _read(found: dict[str, str]) -> Record:
    return Record(
        approved=int(found.get(Status.APPROVED, 0)),
        held=int(found.get(Status.HELD, 0)),
        rejected=int(found.get(Status.REJECTED, 0)),
        removed=int(found.get(Status.REMOVED, 0)),
        withdrawn=int(found.get("withdrawn", 0)),
        first=moments.from_ms(found["first"]) if "first" in found else None,
    )
