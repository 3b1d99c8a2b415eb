"""The log: every change of status, who made it and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import moments
from service.store import codec
from service.store.keys import Keys

Row = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change; `prev` is the entry before it of the same comment.

    A person gives a reason in words (`why`), the machine its reasons, scores and model.
    """

    id: str
    comment: str
    old: str
    new: str
    by: str
    why: str
    reasons: tuple[str, ...]
    scores: dict[str, float | None]
    model: str
    prev: str

    @property
    def at(self) -> datetime:
        """When the change was made, by the store's clock."""
        return moments.from_ms(self.id.split("-")[0])


def of_comment(redis: Redis, keys: Keys, last: str | None) -> list[Entry]:
    """Read a comment's changes, the latest first, along the chain that ends at `last`."""
    entries: list[Entry] = []
    while last:
        found = cast("list[Row]", redis.xrange(keys.log(), last, last))
        if not found:
            break
        entries.append(_read(*found[0]))
        last = entries[-1].prev
    return entries


def latest(redis: Redis, keys: Keys, *, limit: int) -> list[Entry]:
    """Read the latest changes of the whole site."""
    rows = cast("list[Row]", redis.xrevrange(keys.log(), count=limit))
    return [_read(id_, fields) for id_, fields in rows]


def _read(id_: str, row: dict[str, str]) -> Entry:
    return Entry(
        id=id_,
        comment=row["comment"],
        old=row["old"],
        new=row["new"],
        by=row["by"],
        why=row["why"],
        reasons=tuple(row["reasons"].split(",")) if row["reasons"] else (),
        scores=codec.scores_from(row["scores"]),
        model=row["model"],
        prev=row["prev"],
    )
