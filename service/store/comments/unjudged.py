"""Comments that no worker has judged yet, and the bell that calls one."""

from datetime import datetime, timedelta

from service.domain import moments
from service.store import scripts
from service.store.record import Record

LEASE = timedelta(seconds=20)
BELL_AT_MOST = timedelta(seconds=10)
# Nothing is planned for later than a lease, and clocks differ by a few seconds.
AHEAD = LEASE + timedelta(seconds=10)


def claim(record: Record, *, limit: int, now: datetime) -> list[tuple[str, int]]:
    """Lease up to `limit` due comments; return each with the number of its claims."""
    claimed = scripts.run(
        record.redis,
        "claim_unjudged",
        keys={"unjudged": record.keys.unjudged(), "tries": record.keys.tries()},
        args={
            "now": moments.to_ms(now),
            "until": moments.to_ms(now + LEASE),
            "ahead": moments.to_ms(now + AHEAD),
            "most": limit,
        },
    )
    return [(id_, int(tries)) for id_, tries in zip(claimed[::2], claimed[1::2], strict=True)]


def release(record: Record, comment: str, *, now: datetime) -> None:
    """End a lease, so that the next worker tries at once."""
    record.redis.zadd(record.keys.unjudged(), {comment: moments.to_ms(now)}, xx=True)


def drop(record: Record, comment: str) -> None:
    """Remove an entry whose comment has gone."""
    record.redis.zrem(record.keys.unjudged(), comment)
    record.redis.hdel(record.keys.tries(), comment)


def due(record: Record, *, now: datetime, late: timedelta) -> int:
    """Count the comments that have been due for so long, or since before the clock was set back."""
    place, ahead = record.keys.unjudged(), f"({moments.to_ms(now + AHEAD)}"
    overdue = record.redis.zcount(place, "-inf", moments.to_ms(now - late))
    return int(overdue) + int(record.redis.zcount(place, ahead, "+inf"))


def count(record: Record) -> int:
    """Count all unjudged comments, leased or not."""
    return int(record.redis.zcard(record.keys.unjudged()))


def silence_bell(record: Record) -> None:
    """Let the next comment ring again; the caller is about to check for work."""
    record.redis.delete(record.keys.bell())


def touch_bell(record: Record, *, lasts: timedelta) -> bool:
    """Claim the right to ring; False if the bell has been rung already."""
    bell = record.keys.bell()
    if record.redis.set(bell, "1", nx=True, px=lasts):
        return True
    # A bell lasts longer than it can if the store's clock was set back after it was rung.
    is_stuck = int(record.redis.pttl(bell)) > BELL_AT_MOST / timedelta(milliseconds=1)
    return is_stuck and bool(record.redis.set(bell, "1", px=lasts))
