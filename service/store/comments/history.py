"""The log: every change of status, with its cause and reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from service.domain import moments
from service.domain.actor import is_moderator
from service.domain.comment import Comment
from service.domain.verdict import Depth, Opinion
from service.store import codec
from service.store.codec import StreamRow
from service.store.record import Record

UNDONE = "undone"
"""The reason in the log when a decision is undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change of status; `prev` is the previous entry of the same comment.

    A person gives a reason in words (`why`), the machine its opinions, scores and model, and how
    thoroughly that read the text.
    """

    id: str
    comment: str
    old: str
    new: str
    by: str
    why: str
    opinions: tuple[Opinion, ...]
    scores: dict[str, float | None]
    model: str
    prev: str
    depth: Depth = Depth.UNREAD

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the machine's reasons."""
        return tuple(opinion.reason for opinion in self.opinions)

    @property
    def at(self) -> datetime:
        """The time of the change by the store's clock."""
        return moments.from_ms(self.id.split("-")[0])


def of_comment(record: Record, last: str | None) -> list[Entry]:
    """Read a comment's entries, the latest first, along the chain that ends at `last`."""
    entries: list[Entry] = []
    while last:
        rows = cast("list[StreamRow]", record.redis.xrange(record.keys.log(), last, last))
        if not rows:
            break
        entries.append(_read(*rows[0]))
        last = entries[-1].prev
    return entries


def of_comments(record: Record, comments: Sequence[Comment]) -> list[list[Entry]]:
    """Read the entries of some comments, the latest first; each round trip follows all chains."""
    chains: list[list[Entry]] = [[] for _ in comments]
    steps = {place: c.last_entry for place, c in enumerate(comments) if c.last_entry}
    while steps:
        with record.redis.pipeline(transaction=False) as pipe:
            for entry in steps.values():
                pipe.xrange(record.keys.log(), entry, entry)
            rows = dict(zip(steps, cast("list[list[StreamRow]]", pipe.execute()), strict=True))
        for place, row in rows.items():
            chains[place] += [_read(*entry) for entry in row]
        steps = {place: chains[place][-1].prev for place, row in rows.items() if row}
        steps = {place: entry for place, entry in steps.items() if entry}
    return chains


def standing(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Leave out undone entries and the undoing ones; the entries are the latest first."""
    rest = iter(entries)
    for entry in rest:
        if entry.why == UNDONE and is_moderator(entry.by):
            next(rest, None)
        else:
            yield entry


def last(record: Record, comment: Comment) -> Entry | None:
    """Read a comment's last entry, None if the log has none."""
    if comment.last_entry is None:
        return None
    rows = record.redis.xrange(record.keys.log(), comment.last_entry, comment.last_entry)
    return next((_read(*row) for row in cast("list[StreamRow]", rows)), None)


def latest(record: Record, *, limit: int) -> list[Entry]:
    """Read the latest entries of the whole site."""
    rows = cast("list[StreamRow]", record.redis.xrevrange(record.keys.log(), count=limit))
    return [_read(id_, fields) for id_, fields in rows]


def before(record: Record, end: str, start: str, limit: int) -> list[Entry]:
    """Read the entries back from one id to another, the latest first."""
    rows = cast(
        "list[StreamRow]", record.redis.xrevrange(record.keys.log(), end, start, count=limit)
    )
    return [_read(id_, fields) for id_, fields in rows]


def between(record: Record, start: str, end: str, limit: int) -> list[Entry]:
    """Read the entries from one id to another, the oldest first."""
    rows = cast("list[StreamRow]", record.redis.xrange(record.keys.log(), start, end, count=limit))
    return [_read(id_, fields) for id_, fields in rows]


def many(record: Record, ids: Sequence[str]) -> dict[str, Entry]:
    """Read entries by their ids in one round trip."""
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in ids:
            pipe.xrange(record.keys.log(), id_, id_)
        answers = pipe.execute()
    return {rows[0][0]: _read(*rows[0]) for rows in answers if rows}


def _read(id_: str, row: dict[str, str]) -> Entry:
    return Entry(
        id=id_,
        comment=row["comment"],
        old=row["old"],
        new=row["new"],
        by=row["by"],
        why=row["why"],
        opinions=codec.opinions_from(row["reasons"]),
        scores=codec.scores_from(row["scores"]),
        model=row["model"],
        prev=row["prev"],
        depth=Depth(row.get("depth", "")),
    )
