"""Settings of the whole installation that its owners can change."""

from redis import Redis

from service.store import keys


def wants_second_factor(redis: Redis) -> bool:
    """Return whether a second factor is required of everybody."""
    return redis.hget(keys.WISHES, "second_factor") == "1"


def want_second_factor(redis: Redis, wanted: bool) -> None:
    """Require a second factor of everybody from the next sign-in on, or of nobody."""
    redis.hset(keys.WISHES, "second_factor", "1" if wanted else "")
