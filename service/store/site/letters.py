"""Letters: what waits to be sent, who has it in hand, and when it is tried again."""

from datetime import datetime, timedelta
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain import moments
from service.domain.alert import Letter
from service.store import keys, scripts

ADAPTER = TypeAdapter(Letter)
LEASE = timedelta(minutes=2)


def post(redis: Redis, letter: Letter, now: datetime) -> None:
    """Put a letter into the outbox."""
    # The text first: a name without one would be nothing to send.
    redis.hset(keys.LETTERS, letter.id, ADAPTER.dump_json(letter).decode())
    redis.zadd(keys.OUTBOX, {letter.id: moments.to_ms(now)})


def take(redis: Redis, now: datetime) -> Letter | None:
    """Take one that is due; nobody else gets it for two minutes."""
    args = {"now": moments.to_ms(now), "until": moments.to_ms(now + LEASE)}
    id_ = cast(
        "str | None", scripts.run(redis, "take_letter", keys={"outbox": keys.OUTBOX}, args=args)
    )
    if not id_:
        return None
    letter = cast("str | None", redis.hget(keys.LETTERS, id_))
    if not letter:
        drop(redis, id_)
        return take(redis, now)
    return ADAPTER.validate_json(letter)


def retry(redis: Redis, letter: Letter, due: datetime) -> None:
    """Put a letter back, to be tried again later."""
    redis.hset(keys.LETTERS, letter.id, ADAPTER.dump_json(letter).decode())
    redis.zadd(keys.OUTBOX, {letter.id: moments.to_ms(due)})


def drop(redis: Redis, letter: str) -> None:
    """Forget a letter that was sent, or that nobody accepts."""
    redis.zrem(keys.OUTBOX, letter)
    redis.hdel(keys.LETTERS, letter)


def waiting(redis: Redis) -> int:
    """Count what is not sent yet."""
    return redis.zcard(keys.OUTBOX)
