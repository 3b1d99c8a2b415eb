"""Usage: counts of API key uses and of requests by protocol, in hashes."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from redis import Redis

from service.store import keys

# The place of a count: a hash and a field in it.
Place = tuple[str, str]

KEPT = timedelta(days=400)


def add(redis: Redis, counts: Mapping[Place, int]) -> None:
    """Add to counts in one round trip; those of keys expire 400 days after the last use."""
    with redis.pipeline(transaction=False) as pipe:
        for (name, field), count in counts.items():
            pipe.hincrby(name, field, count)
        for name in {name for name, _ in counts} - {keys.REQUESTS}:
            pipe.pexpire(name, KEPT)
        pipe.execute()


def of_key(redis: Redis, id_: str) -> dict[str, int]:
    """Return a key's uses by day, such as `2026-01-31`."""
    return _counts(redis, keys.usage(id_))


def in_month(redis: Redis, id_: str, month: str) -> int:
    """Count a key's uses in a month such as `2026-01`."""
    return sum(count for day, count in of_key(redis, id_).items() if day.startswith(month))


def by_host(redis: Redis, id_: str, month: str) -> dict[str, Counter[str]]:
    """Count what a key was used for in a month, by web site."""
    hosts: dict[str, Counter[str]] = {}
    for field, count in _counts(redis, keys.calls(id_, month)).items():
        host, _, what = field.partition(" ")
        hosts.setdefault(host, Counter())[what] = count
    return hosts


def requests(redis: Redis) -> dict[str, int]:
    """Return the counts of all requests, by the names in `service.clients.meter`."""
    return _counts(redis, keys.REQUESTS)


def _counts(redis: Redis, name: str) -> dict[str, int]:
    fields = cast("dict[str, str]", redis.hgetall(name))
    return {field: int(count) for field, count in fields.items()}
