"""Rollups: hourly counts, made once from the streams and stored as one hash per hour.

A field of the hash is a count's kind followed by its parts: `by approved ann`.
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
# The parts after the kind in a field's name; the last one may contain spaces.
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


# Every hour has the same few thousand names.
@lru_cache(maxsize=1 << 16)
def count_of(field: str) -> Count | None:
    """Parse a field that `field_of` wrote; None for a kind from a later version."""
    name, _, rest = field.partition(" ")
    if name not in list(CountKind):
        return None
    kind = CountKind(name)
    parts = PARTS[kind]
    words = rest.split(" ", len(parts) - 1) if parts else []
    return Count(kind, **dict(zip(parts, words, strict=False)))


def put(record: Record, hour: datetime, counts: Mapping[Count, int]) -> None:
    """Store an hour's counts, replacing earlier ones."""
    key = record.keys.hour(hours.name(hour))
    fields = {field_of(count): number for count, number in counts.items() if number}
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.delete(key)
        if fields:
            pipe.hset(key, mapping=fields)  # type: ignore[arg-type]  # numbers are accepted
        pipe.execute()


def get_many(record: Record, wanted: Sequence[datetime]) -> list[Counter[Count]]:
    """Read the counts of some hours."""
    with record.redis.pipeline(transaction=False) as pipe:
        for hour in wanted:
            pipe.hgetall(record.keys.hour(hours.name(hour)))
        rows = cast("list[dict[str, str]]", pipe.execute())
    return [_read(row) for row in rows]


def rolled(record: Record) -> datetime | None:
    """Return the first hour that is not counted yet, None if none has been counted."""
    hour = cast("str | None", record.redis.get(record.keys.rolled()))
    return hours.read(hour) if hour else None


def mark(record: Record, hour: datetime) -> None:
    """Store the first hour that is not counted yet."""
    record.redis.set(record.keys.rolled(), hours.name(hour))


def first(record: Record) -> str | None:
    """Return the id of the first entry of the site's streams, None if they are empty."""
    first_rows = [
        cast("list[tuple[str, dict[str, str]]]", record.redis.xrange(stream, count=1))
        for stream in (record.keys.log(), record.keys.acts())
    ]
    entries = (id_ for rows in first_rows for id_, _ in rows)
    return min(entries, key=lambda id_: int(id_.split("-")[0]), default=None)


def _read(row: Mapping[str, str]) -> Counter[Count]:
    counts = ((count_of(field), int(number)) for field, number in row.items())
    return Counter({count: number for count, number in counts if count is not None})
