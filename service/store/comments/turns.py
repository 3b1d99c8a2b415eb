"""The turn of a site: a number that every change visible to readers raises, atomically."""

from typing import cast

from redis.exceptions import RedisError

from service.store.record import Record


def current(record: Record) -> str | None:
    """Return the site's turn, None while the store is away."""
    try:
        return cast("str | None", record.redis.get(record.keys.turn())) or "0"
    except RedisError:
        return None
