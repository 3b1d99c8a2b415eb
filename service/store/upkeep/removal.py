"""Removal: delete all data of a removed site."""

from collections.abc import Iterator
from typing import cast

from service.store.record import Record
from service.store.upkeep import census


def clear(record: Record) -> Iterator[int]:
    """Delete a site's data, yielding the number of comments deleted so far.

    SCAN is repeated until it finds nothing, because a verdict may still be written meanwhile.
    """
    gone, is_left = 0, True
    while is_left:
        is_left = False
        for batch in census.batches(_of(record)):
            is_left = True
            gone += _delete(record, batch)
            yield gone


def is_left(record: Record) -> bool:
    """Return whether a site has data in the store besides its settings."""
    return next(_of(record), None) is not None


def _of(record: Record) -> Iterator[str]:
    start = f"fm:{{{record.keys.site}}}:"
    keys = cast("Iterator[str]", record.redis.scan_iter(match=f"{start}*", count=census.BATCH))
    # The pattern may match more than one site; the prefix cannot.
    return (key for key in keys if key.startswith(start))


def _delete(record: Record, batch: list[str]) -> int:
    """Delete some keys, and count the comments among them."""
    with record.redis.pipeline(transaction=False) as pipe:
        for key in batch:
            pipe.unlink(key)
        deleted = pipe.execute()
    comment = record.keys.comment("")
    return sum(gone for key, gone in zip(batch, deleted, strict=True) if key.startswith(comment))
