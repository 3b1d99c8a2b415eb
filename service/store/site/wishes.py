"""Wishes: what the owners have set for the whole installation."""

from redis import Redis

from service.store import keys


def wants_second_factor(redis: Redis) -> bool:
    """Tell whether everybody needs a second factor."""
    return redis.hget(keys.WISHES, "second_factor") == "1"


def want_second_factor(redis: Redis, wanted: bool) -> None:
    """Ask everybody for a second factor from the next sign-in on, or nobody."""
    redis.hset(keys.WISHES, "second_factor", "1" if wanted else "")
