"""Letters: waiting mails and webhook calls, with their leases and retries."""

from datetime import datetime, timedelta
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain import moments
from service.domain.alert import Letter
from service.store import keys, scripts
from service.store.scripts import Argument

ADAPTER = TypeAdapter(Letter)
LEASE = timedelta(minutes=2)
# The wait after each failure; after the last one the letter is given up.
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))


def post(redis: Redis, letter: Letter, now: datetime) -> None:
    """Put a letter in the outbox."""
    # The content first: an id without it could not be sent.
    redis.hset(keys.LETTERS, letter.id, ADAPTER.dump_json(letter).decode())
    redis.zadd(keys.OUTBOX, {letter.id: moments.to_ms(now)})


def take(redis: Redis, now: datetime) -> Letter | None:
    """Take a due letter; nobody else gets it for two minutes."""
    args: dict[str, Argument] = {
        "now": moments.to_ms(now),
        "until": moments.to_ms(now + LEASE),
        "skew": 10_000,
        "waits": [int(max(LEASE, wait).total_seconds() * 1000) for wait in (LEASE, *BACK_OFF)],
    }
    places = {"outbox": keys.OUTBOX, "letters": keys.LETTERS}
    id_ = cast("str | None", scripts.run(redis, "take_letter", keys=places, args=args))
    if not id_:
        return None
    letter = cast("str | None", redis.hget(keys.LETTERS, id_))
    if not letter:
        drop(redis, id_)
        return take(redis, now)
    return ADAPTER.validate_json(letter)


def retry(redis: Redis, letter: Letter, due: datetime) -> None:
    """Put a letter back for a later retry."""
    redis.hset(keys.LETTERS, letter.id, ADAPTER.dump_json(letter).decode())
    redis.zadd(keys.OUTBOX, {letter.id: moments.to_ms(due)})


def drop(redis: Redis, letter: str) -> None:
    """Remove a letter that was sent or given up."""
    redis.zrem(keys.OUTBOX, letter)
    redis.hdel(keys.LETTERS, letter)


def waiting(redis: Redis) -> int:
    """Count the letters that are not sent yet."""
    return redis.zcard(keys.OUTBOX)
