"""The backlog: the number and age of the comments that wait for a person."""

from datetime import datetime, timedelta
from typing import cast

from service.domain import moments
from service.domain.comment import Status
from service.store.record import Record

BANDS = (
    ("under an hour", timedelta(hours=1)),
    ("1 to 6 hours", timedelta(hours=6)),
    ("6 to 24 hours", timedelta(hours=24)),
    ("1 to 3 days", timedelta(days=3)),
    ("longer", timedelta(days=36_500)),
)


def ages(record: Record, now: datetime) -> tuple[list[tuple[str, int]], timedelta | None]:
    """Count the held comments by age, and return the age of the oldest."""
    # What seems to come from the future is new: the clock was set back.
    place, youngest = record.keys.home(Status.HELD), "+inf"
    with record.redis.pipeline(transaction=False) as pipe:
        for _, age in BANDS:
            pipe.zcount(place, f"({moments.to_ms(now - age)}", youngest)
            youngest = str(moments.to_ms(now - age))
        counts = pipe.execute()
    _, oldest = depth(record, now)
    return [(name, int(n)) for (name, _), n in zip(BANDS, counts, strict=True)], oldest


def depth(record: Record, now: datetime) -> tuple[int, timedelta | None]:
    """Count the held comments, and return the age of the oldest."""
    place = record.keys.home(Status.HELD)
    waiting = record.redis.zcard(place)
    rows = cast("list[tuple[str, float]]", record.redis.zrange(place, 0, 0, withscores=True))
    if not rows:
        return waiting, None
    return waiting, max(now - moments.from_ms(int(rows[0][1])), timedelta())
