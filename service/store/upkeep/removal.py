"""Removal: delete everything that a removed site has left in the store."""

from collections.abc import Iterator
from typing import cast

from service.store.record import Record
from service.store.upkeep import census


def clear(record: Record) -> Iterator[int]:
    """Delete what a site has in the store, yielding how many comments went so far.

    It walks with SCAN until nothing is found: what was on its way comes late, e.g. a verdict.
    """
    gone, is_left = 0, True
    while is_left:
        is_left = False
        for batch in census.batches(_of(record)):
            is_left = True
            gone += _delete(record, batch)
            yield gone


def is_left(record: Record) -> bool:
    """Tell whether a site has anything in the store, besides its settings."""
    return next(_of(record), None) is not None


def _of(record: Record) -> Iterator[str]:
    start = f"fm:{{{record.keys.site}}}:"
    keys = cast("Iterator[str]", record.redis.scan_iter(match=f"{start}*", count=census.BATCH))
    # A pattern could mean more than one site; what it begins with cannot.
    return (key for key in keys if key.startswith(start))


def _delete(record: Record, batch: list[str]) -> int:
    """Delete some keys, and tell how many of them were comments."""
    with record.redis.pipeline(transaction=False) as pipe:
        for key in batch:
            pipe.unlink(key)
        went = pipe.execute()
    comment = record.keys.comment("")
    return sum(gone for key, gone in zip(batch, went, strict=True) if key.startswith(comment))
