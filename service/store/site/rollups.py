"""Hours: what happened in each, counted once from the streams and kept as one hash an hour."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from service.domain import hours
from service.store.record import Record


def put(record: Record, hour: datetime, counts: Mapping[str, int]) -> None:
    """Keep an hour's counts in place of earlier ones."""
    place = record.keys.hour(hours.name(hour))
    kept = {name: number for name, number in counts.items() if number}
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.delete(place)
        if kept:
            pipe.hset(place, mapping=kept)  # type: ignore[arg-type]  # numbers are what it takes
        pipe.execute()


def get_many(record: Record, wanted: Sequence[datetime]) -> list[Counter[str]]:
    """Read the counts of some hours."""
    with record.redis.pipeline(transaction=False) as pipe:
        for hour in wanted:
            pipe.hgetall(record.keys.hour(hours.name(hour)))
        found = cast("list[dict[str, str]]", pipe.execute())
    return [Counter({name: int(number) for name, number in row.items()}) for row in found]


def rolled(record: Record) -> datetime | None:
    """Tell the first hour that is not counted yet; None where none is."""
    found = cast("str | None", record.redis.get(record.keys.rolled()))
    return hours.read(found) if found else None


def mark(record: Record, hour: datetime) -> None:
    """Remember the first hour that is not counted yet."""
    record.redis.set(record.keys.rolled(), hours.name(hour))


def first(record: Record) -> str | None:
    """Name the first entry of the site's streams; None where nothing has happened."""
    found = [
        record.redis.xrange(stream, count=1) for stream in (record.keys.log(), record.keys.acts())
    ]
    rows = [cast("list[tuple[str, dict[str, str]]]", one) for one in found]
    return min(
        (row[0][0] for row in rows if row), key=lambda id_: int(id_.split("-")[0]), default=None
    )
