"""Delete everything of a site that was removed: comments, articles, authors' records, log, all."""

from collections.abc import Iterator
from typing import cast

from redis import Redis

from service.store.keys import Keys
from service.store.upkeep import census


def clear(redis: Redis, keys: Keys) -> Iterator[int]:
    """Delete what a site has in the store, yielding how many comments went so far.

    It walks with SCAN until nothing is found: what was on its way comes late, e.g. a verdict.
    """
    gone, is_left = 0, True
    while is_left:
        is_left = False
        for batch in census.batches(_of(redis, keys)):
            is_left = True
            gone += _delete(redis, keys, batch)
            yield gone


def is_left(redis: Redis, keys: Keys) -> bool:
    """Tell whether a site has anything in the store, besides its settings."""
    return next(_of(redis, keys), None) is not None


def _of(redis: Redis, keys: Keys) -> Iterator[str]:
    start = f"fm:{{{keys.site}}}:"
    found = cast("Iterator[str]", redis.scan_iter(match=f"{start}*", count=census.BATCH))
    # A pattern could mean more than one site; what it begins with cannot.
    return (key for key in found if key.startswith(start))


def _delete(redis: Redis, keys: Keys, batch: list[str]) -> int:
    """Delete some keys, and tell how many of them were comments."""
    with redis.pipeline(transaction=False) as pipe:
        for key in batch:
            pipe.unlink(key)
        went = pipe.execute()
    comment = keys.comment("")
    return sum(gone for key, gone in zip(batch, went, strict=True) if key.startswith(comment))
