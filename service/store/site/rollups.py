"""Rollups: what happened in each hour, counted once from the streams and kept as one hash an hour.

A field of the hash is a count's kind and what belongs to it, word by word: `by approved ann`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import cast

from service.domain import hours
from service.domain.counts import Count, CountKind
from service.store.record import Record

_OF_STATUS = ("status",)
_OF_SUBJECT = ("subject",)
# What follows the kind in a field's name; the last may hold spaces.
PARTS: Mapping[CountKind, tuple[str, ...]] = {
    CountKind.ENTRIES: (),
    CountKind.ARRIVED: (),
    CountKind.UNDONE: (),
    CountKind.MACHINE: _OF_STATUS,
    CountKind.MODE: _OF_STATUS,
    CountKind.AUTHOR: _OF_STATUS,
    CountKind.FLAGS: _OF_STATUS,
    CountKind.READER: _OF_STATUS,
    CountKind.IMPORT: _OF_STATUS,
    CountKind.PERSON: _OF_STATUS,
    CountKind.BY: ("status", "who"),
    CountKind.ACTION: ("who", "status", "subject"),
    CountKind.VERDICT: ("status", "subject"),
    CountKind.WAIT: _OF_SUBJECT,
    CountKind.NOTICE_WAIT: _OF_SUBJECT,
    CountKind.ANSWER_WAIT: _OF_SUBJECT,
    CountKind.THREAD: _OF_SUBJECT,
    CountKind.NOTICE: _OF_SUBJECT,
    CountKind.APPEAL: _OF_STATUS,
    CountKind.ANSWER: _OF_SUBJECT,
}


def field_of(count: Count) -> str:
    """Write a count as the field of an hour's hash."""
    return " ".join((count.kind, *(getattr(count, part) for part in PARTS[count.kind])))


# The same few thousand names stand in every hour.
@lru_cache(maxsize=1 << 16)
def count_of(field: str) -> Count | None:
    """Read what `field_of` wrote; None for a count that only a later version knows."""
    name, _, rest = field.partition(" ")
    if name not in list(CountKind):
        return None
    kind = CountKind(name)
    parts = PARTS[kind]
    words = rest.split(" ", len(parts) - 1) if parts else []
    return Count(kind, **dict(zip(parts, words, strict=False)))


def put(record: Record, hour: datetime, counts: Mapping[Count, int]) -> None:
    """Keep an hour's counts in place of earlier ones."""
    key = record.keys.hour(hours.name(hour))
    fields = {field_of(count): number for count, number in counts.items() if number}
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.delete(key)
        if fields:
            pipe.hset(key, mapping=fields)  # type: ignore[arg-type]  # numbers are what it takes
        pipe.execute()


def get_many(record: Record, wanted: Sequence[datetime]) -> list[Counter[Count]]:
    """Read the counts of some hours."""
    with record.redis.pipeline(transaction=False) as pipe:
        for hour in wanted:
            pipe.hgetall(record.keys.hour(hours.name(hour)))
        rows = cast("list[dict[str, str]]", pipe.execute())
    return [_read(row) for row in rows]


def rolled(record: Record) -> datetime | None:
    """Tell the first hour that is not counted yet; None where none is."""
    hour = cast("str | None", record.redis.get(record.keys.rolled()))
    return hours.read(hour) if hour else None


def mark(record: Record, hour: datetime) -> None:
    """Remember the first hour that is not counted yet."""
    record.redis.set(record.keys.rolled(), hours.name(hour))


def first(record: Record) -> str | None:
    """Name the first entry of the site's streams; None where nothing has happened."""
    ends = [
        cast("list[tuple[str, dict[str, str]]]", record.redis.xrange(stream, count=1))
        for stream in (record.keys.log(), record.keys.acts())
    ]
    entries = (id_ for end in ends for id_, _ in end)
    return min(entries, key=lambda id_: int(id_.split("-")[0]), default=None)


def _read(row: Mapping[str, str]) -> Counter[Count]:
    counts = ((count_of(field), int(number)) for field, number in row.items())
    return Counter({count: number for count, number in counts if count is not None})
