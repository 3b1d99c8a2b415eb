"""The turn of a site: a number that every change readers can see raises, in the same script."""

from typing import cast

from redis.exceptions import RedisError

from service.store.record import Record


def current(record: Record) -> str | None:
    """Give the site's turn, None while the store cannot be asked."""
    try:
        return cast("str | None", record.redis.get(record.keys.turn())) or "0"
    except RedisError:
        return None
