"""Badged names: the skeletons of names with a badge, which nobody else may use."""

from collections.abc import Collection

from service.store.record import Record


def keep(record: Record, looks: Collection[str]) -> None:
    """Reserve all names that look like this."""
    if looks:
        record.redis.hset(record.keys.badged(), mapping=dict.fromkeys(looks, "1"))


def is_taken(record: Record, looks: Collection[str]) -> bool:
    """Return whether a name looks like one with a badge."""
    return bool(looks) and any(record.redis.hmget(record.keys.badged(), list(looks)))
