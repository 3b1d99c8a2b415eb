"""Census: name what a store holds, site by site, in one walk for all sites.

It walks with SCAN, away from any request: what comes or goes meanwhile may be named or not, and
what stays is named at least once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar, cast

from redis import Redis

from service.store.keys import Keys
from service.store.record import Record

# A pipeline of so many scripts keeps the store from others for a few milliseconds.
BATCH = 100

Thing = TypeVar("Thing")


class Batch(NamedTuple):
    """Some names of one kind: the comments "c", the articles "t", … of a site (see `keys`)."""

    keys: Keys
    kind: str
    names: list[str]


def walk(redis: Redis, site: str = "*") -> Iterator[Batch]:
    """Name everything of one site or of all, kind by kind, at most `BATCH` names at a time."""
    parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in cast("Iterator[str]", redis.scan_iter(match=f"fm:{{{site}}}:*", count=BATCH)):
        _, tag, kind, *rest = key.split(":", 3)
        # What has no name is there once, e.g. the log.
        if not rest:
            continue
        known = parts[tag, kind]
        known.append(rest[0])
        if len(known) == BATCH:
            yield Batch(Keys(tag[1:-1]), kind, parts.pop((tag, kind)))
    for (tag, kind), names in parts.items():
        yield Batch(Keys(tag[1:-1]), kind, names)


def names(record: Record, kind: str) -> list[str]:
    """List what one kind's keys of a site are of, sorted; ids then stand by age."""
    pattern = f"fm:{{{record.keys.site}}}:{kind}:*"
    keys = cast("Iterator[str]", record.redis.scan_iter(match=pattern, count=BATCH))
    start = len(pattern) - 1
    return sorted({key[start:] for key in keys if ":" not in key[start:]})


def batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """Cut a long walk into lists."""
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch
