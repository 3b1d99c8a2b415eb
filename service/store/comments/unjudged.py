"""What no worker has judged yet, and the bell that calls one."""

from datetime import datetime, timedelta

from redis import Redis

from service.domain import moments
from service.store import scripts
from service.store.keys import Keys

LEASE = timedelta(seconds=20)


def claim(redis: Redis, keys: Keys, *, limit: int, now: datetime) -> list[tuple[str, int]]:
    """Lease up to `limit` comments that are due, each with how often it has been claimed."""
    args = [moments.to_ms(now), moments.to_ms(now + LEASE), limit]
    flat = scripts.run(redis, "claim_unjudged", [keys.unjudged(), keys.tries()], args)
    return [(id_, int(tries)) for id_, tries in zip(flat[::2], flat[1::2], strict=True)]


def release(redis: Redis, keys: Keys, comment: str, *, now: datetime) -> None:
    """Give a lease back, for the next worker to try at once."""
    redis.zadd(keys.unjudged(), {comment: moments.to_ms(now)}, xx=True)


def drop(redis: Redis, keys: Keys, comment: str) -> None:
    """Forget an entry whose comment has gone."""
    redis.zrem(keys.unjudged(), comment)
    redis.hdel(keys.tries(), comment)


def due(redis: Redis, keys: Keys, *, before: datetime) -> int:
    """Count what has been due since `before`."""
    return int(redis.zcount(keys.unjudged(), "-inf", moments.to_ms(before)))


def count(redis: Redis, keys: Keys) -> int:
    """Count everything that waits to be judged, leased or not."""
    return int(redis.zcard(keys.unjudged()))


def silence_bell(redis: Redis, keys: Keys) -> None:
    """Let the next comment ring again: whoever calls this is about to look."""
    redis.delete(keys.bell())


def touch_bell(redis: Redis, keys: Keys, *, lasts: timedelta) -> bool:
    """Take the right to ring, if no bell is sounding."""
    return bool(redis.set(keys.bell(), "1", nx=True, px=lasts))
