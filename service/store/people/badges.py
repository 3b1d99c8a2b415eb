"""Badged names: the looks of names that carry a badge, which nobody else may take."""

from collections.abc import Collection

from service.store.record import Record


def keep(record: Record, looks: Collection[str]) -> None:
    """Reserve names that look like this."""
    if looks:
        record.redis.hset(record.keys.badged(), mapping=dict.fromkeys(looks, "1"))


def is_taken(record: Record, looks: Collection[str]) -> bool:
    """Tell whether a name looks like one that carries a badge."""
    return bool(looks) and any(record.redis.hmget(record.keys.badged(), list(looks)))
