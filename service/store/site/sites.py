"""Sites: their settings and policies, and a short-lived cache of them."""

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
# Short enough for pages that change with a site to do so within a second.
REMEMBERED, GRACE = 0.5, 0.4


def put(redis: Redis, site: Site) -> None:
    """Store the settings of a new site."""
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
    """Return a digest of a site's settings, to detect changes."""
    return hashlib.sha256(ADAPTER.dump_json(site)).hexdigest()[:16]


def change(redis: Redis, old: Site, new: Site) -> bool:
    """Replace the settings that were read; False if somebody changed them meanwhile."""
    return entries.replace(redis, keys.SITES, old.name, ADAPTER, old, new)


def revise(redis: Redis, name: str, change: Callable[[Site], Site]) -> tuple[Site, Site]:
    """Change a site without losing concurrent changes; return it before and after.

    :raises SiteNotFound: there is none by that name.
    :raises ChangedMeanwhile: concurrent changes went on and on.
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
    """Delete a site's settings; its other data stays until it is cleared (see `removal`).

    :raises SiteNotFound: there is none by that name.
    """
    if not redis.hdel(keys.SITES, name):
        raise SiteNotFound(name)


class SiteBook:
    """Caches sites for half a second: every request needs one, and they rarely change."""

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis, self._clock = redis, clock
        self._cached: dict[str, tuple[float, Site]] = {}
        self._awaited: set[str] = set()

    def get(self, name: str) -> Site:
        """Read a site.

        :raises SiteNotFound: there is none by that name.
        """
        until, site = self._cached.get(name, (0.0, None))
        if site is None or self._clock() > until:
            site = get(self._redis, name)
            self._cached[name] = (self._clock() + REMEMBERED, site)
            self._awaited.discard(name)
        return site

    def known(self, name: str) -> Site | None:
        """Return a site without asking the store, None if somebody has to; for one thread.

        Only the first to ask is told to; others get a site as it was for a little longer.
        """
        until, site = self._cached.get(name, (0.0, None))
        over = self._clock() - until
        if site is None or over > GRACE:
            return None
        if over > 0 and name not in self._awaited:
            self._awaited.add(name)
            return None
        return site
