"""Durability: check that the store does not lose accepted data."""

from dataclasses import dataclass
from typing import Any, cast

from redis import Redis
from redis.exceptions import ResponseError

from service.domain.errors import StoreUnsafe
from service.store.server import connection

OLDEST = (6, 2)


@dataclass(frozen=True, slots=True)
class Promise:
    """A requirement of the store: whether it holds, the value found, and the remedy."""

    name: str
    holds: bool
    found: str
    remedy: str


def promises(redis: Redis) -> list[Promise]:
    """Check version and settings of every primary; a promise must hold on all of them."""
    each = [_promises_of(server) for server in connection.servers(redis)]
    return [_worst(same) for same in zip(*each, strict=True)]


def insist(redis: Redis) -> None:
    """Refuse a store that may lose accepted data.

    :raises StoreUnsafe: a promise does not hold; the message says what to set.
    """
    broken = [promise for promise in promises(redis) if not promise.holds]
    if broken:
        raise StoreUnsafe("; ".join(f"{p.name} ({p.found}): {p.remedy}" for p in broken))


def is_new_enough(version: str) -> bool:
    """Return whether this version of the server has the commands that we use."""
    return tuple(int(part) for part in version.split(".")[:2]) >= OLDEST


def _worst(same: tuple[Promise, ...]) -> Promise:
    return next((promise for promise in same if not promise.holds), same[0])


def _promises_of(redis: Redis) -> list[Promise]:
    info: dict[str, Any] = redis.info("server")
    version = str(info.get("redis_version", "0.0"))
    settings = _settings(redis)
    fsync = settings.get("appendfsync", "?")
    return [
        Promise(
            "version",
            is_new_enough(version),
            str(info.get("valkey_version") or version),
            "use Redis 6.2 or later, or Valkey",
        ),
        Promise(
            "append-only file",
            settings.get("appendonly") == "yes",
            f"appendonly {settings.get('appendonly', '?')}, appendfsync {fsync}",
            "set appendonly yes (and appendfsync always, or up to a second of writes may be lost)",
        ),
        Promise(
            "no eviction",
            settings.get("maxmemory-policy") == "noeviction",
            settings.get("maxmemory-policy", "?"),
            "set maxmemory-policy noeviction",
        ),
    ]


def _settings(redis: Redis) -> dict[str, str]:
    try:
        return cast(
            "dict[str, str]", redis.config_get("appendonly", "appendfsync", "maxmemory-policy")
        )
    except ResponseError:
        # A hosted server may forbid CONFIG, and an old one takes a single pattern.
        return _settings_one_by_one(redis)


def _settings_one_by_one(redis: Redis) -> dict[str, str]:
    settings: dict[str, str] = {}
    for name in ("appendonly", "appendfsync", "maxmemory-policy"):
        try:
            settings |= cast("dict[str, str]", redis.config_get(name))
        except ResponseError:
            continue
    return settings
