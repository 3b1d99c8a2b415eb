"""Census: list the names in a store by site and kind, in one walk for all sites.

It uses SCAN, outside of any request: keys that come or go meanwhile may be missed, all others are
listed at least once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar, cast

from redis import Redis

from service.store.keys import Keys
from service.store.record import Record

# A pipeline of this many scripts blocks the store for a few milliseconds.
BATCH = 100

Thing = TypeVar("Thing")


class Batch(NamedTuple):
    """Some names of one kind in a site: comments "c", articles "t" and so on (see `keys`)."""

    keys: Keys
    kind: str
    names: list[str]


def walk(redis: Redis, site: str = "*") -> Iterator[Batch]:
    """Yield the names of one site or of all by kind, at most `BATCH` at a time."""
    parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in cast("Iterator[str]", redis.scan_iter(match=f"fm:{{{site}}}:*", count=BATCH)):
        _, tag, kind, *rest = key.split(":", 3)
        # Kinds without names have a single key, e.g. the log.
        if not rest:
            continue
        batch = parts[tag, kind]
        batch.append(rest[0])
        if len(batch) == BATCH:
            yield Batch(Keys(tag[1:-1]), kind, parts.pop((tag, kind)))
    for (tag, kind), names in parts.items():
        yield Batch(Keys(tag[1:-1]), kind, names)


def names(record: Record, kind: str) -> list[str]:
    """List the names of one kind in a site, sorted, which is by age for ids."""
    pattern = f"fm:{{{record.keys.site}}}:{kind}:*"
    keys = cast("Iterator[str]", record.redis.scan_iter(match=pattern, count=BATCH))
    start = len(pattern) - 1
    return sorted({key[start:] for key in keys if ":" not in key[start:]})


def batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """Split a long walk into lists."""
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch
