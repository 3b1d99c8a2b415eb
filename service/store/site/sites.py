"""Sites: their settings and policies, and a book that remembers them for a moment."""

import hashlib
import time
from collections.abc import Callable
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.errors import SiteNotFound
from service.domain.site import Site
from service.store import entries, keys

ADAPTER = TypeAdapter(Site)
REMEMBERED = 2.0


def put(redis: Redis, site: Site) -> None:
    """Keep the settings of a new site."""
    redis.hset(keys.SITES, site.name, ADAPTER.dump_json(site).decode())


def get(redis: Redis, name: str) -> Site:
    """Read a site.

    :raises SiteNotFound: there is none by that name.
    """
    text = cast("str | None", redis.hget(keys.SITES, name))
    if text is None:
        raise SiteNotFound(name)
    return ADAPTER.validate_json(text)


def version(site: Site) -> str:
    """Name a state of a site's settings: the same settings give the same name."""
    return hashlib.sha256(ADAPTER.dump_json(site)).hexdigest()[:16]


def change(redis: Redis, old: Site, new: Site) -> bool:
    """Put new settings in the place of those that were read; False if somebody was quicker."""
    return entries.replace(redis, keys.SITES, old.name, ADAPTER, old, new)


def revise(redis: Redis, name: str, change: Callable[[Site], Site]) -> tuple[Site, Site]:
    """Change something of a site, whatever else of it is changed meanwhile; gives before and after.

    :raises SiteNotFound: there is none by that name.
    :raises ChangedMeanwhile: it is changed again and again.
    """
    revised = entries.revise(redis, keys.SITES, name, ADAPTER, change)
    if revised is None:
        raise SiteNotFound(name)
    return revised


def every(redis: Redis) -> list[Site]:
    """Read all sites, by name."""
    texts = cast("dict[str, str]", redis.hgetall(keys.SITES))
    return [ADAPTER.validate_json(texts[name]) for name in sorted(texts)]


def remove(redis: Redis, name: str) -> None:
    """Forget a site's settings; all else of it stays until it is cleared (see `removal`).

    :raises SiteNotFound: there is none by that name.
    """
    if not redis.hdel(keys.SITES, name):
        raise SiteNotFound(name)


class SiteBook:
    """Sites as they were at most two seconds ago: every request needs one, they hardly change."""

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis, self._clock = redis, clock
        self._known: dict[str, tuple[float, Site]] = {}

    def get(self, name: str) -> Site:
        """Read a site.

        :raises SiteNotFound: there is none by that name.
        """
        until, site = self._known.get(name, (0.0, None))
        if site is None or self._clock() > until:
            site = get(self._redis, name)
            self._known[name] = (self._clock() + REMEMBERED, site)
        return site
