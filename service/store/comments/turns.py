"""The turn of a site: a number that every change readers can see raises, in the same script."""

from typing import cast

from redis import Redis
from redis.exceptions import RedisError

from service.store.keys import Keys


def current(redis: Redis, keys: Keys) -> str | None:
    """Give the site's turn, None while the store cannot be asked."""
    try:
        return cast("str | None", redis.get(keys.turn())) or "0"
    except RedisError:
        return None
