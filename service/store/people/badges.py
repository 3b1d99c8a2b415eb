"""Badged names: what the names of those look like who write for the newsroom."""

from collections.abc import Collection

from redis import Redis

from service.store.keys import Keys


def keep(redis: Redis, keys: Keys, looks: Collection[str]) -> None:
    """Let nobody else take a name that looks like this."""
    if looks:
        redis.hset(keys.badged(), mapping=dict.fromkeys(looks, "1"))


def is_taken(redis: Redis, keys: Keys, looks: Collection[str]) -> bool:
    """Tell whether a name looks like one that carries a badge."""
    return bool(looks) and any(redis.hmget(keys.badged(), list(looks)))
