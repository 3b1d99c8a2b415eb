"""The core: what a process builds once for every use case (record, sites, bell, signer)."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis import Redis

from service.signing import Signer
from service.store.keys import Keys
from service.store.record import Record
from service.store.site.sites import SiteBook


def utc_now() -> datetime:
    """Read the clock to the millisecond, the precision of the store."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The store and the services that use cases need; `ring` calls a worker to a site.

    `may_lose` accepts a store that may lose data.
    """

    redis: Redis
    sites: SiteBook
    signer: Signer
    ring: Callable[[str], None]
    public_url: str
    may_lose: bool = False
    session_idle: timedelta = timedelta(hours=2)
    now: Callable[[], datetime] = utc_now
    random: Callable[[int], bytes] = os.urandom

    def at(self, site: str) -> Record:
        """Return a site's part of the store."""
        return Record(self.redis, Keys(site))
