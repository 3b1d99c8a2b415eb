"""Counts uses and requests in this process and adds them to the store once a second."""

import threading
from bisect import bisect_left
from collections import Counter, defaultdict

import structlog

from service.core import Core
from service.domain.key import ApiKey
from service.store import keys
from service.store.accounts import usage
from service.store.server.patience import STORE_ERRORS, Later

log = structlog.get_logger(__name__)

EVERY = 1.0
# Upper bounds of the histogram in milliseconds; the last one is infinite.
BOUNDS = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)
MOST_PLACES = 5000
MOST_HOSTS = 1000


def by_host(core: Core, key: ApiKey, month: str) -> dict[str, Counter[str]]:
    """Count what a key was used for in a month such as `2026-01`, by web site."""
    return usage.by_host(core.redis, key.id, month)


class Meter:
    """Counts without waiting for the store; a killed process loses its last second."""

    def __init__(self, core: Core, every: float = EVERY) -> None:
        self._core = core
        self._counts: Counter[usage.Place] = Counter()
        self._hosts: defaultdict[str, set[str]] = defaultdict(set)
        self._month = ""
        self._lock = threading.Lock()
        self._later = Later(self.flush, every)

    def used(self, key: ApiKey, count: int = 1) -> None:
        """Count uses of a key today."""
        self._add({(keys.usage(key.id), f"{self._core.now():%Y-%m-%d}"): count})

    def called(self, key: ApiKey, host: str, what: str) -> None:
        """Count what a web site used a key for; beyond 1,000 sites a month the site is "-"."""
        month = f"{self._core.now():%Y-%m}"
        name = keys.calls(key.id, month)
        host = self._distinct(month, name, host)
        self._add({(name, f"{host} calls"): 1, (name, f"{host} {what}"): 1})

    def answered(self, protocol: str, status: int, seconds: float) -> None:
        """Count a request by its status and duration."""
        bound = bisect_left(BOUNDS, seconds * 1000)
        fields = {
            f"{protocol} status {status}": 1,
            f"{protocol} bucket {bound}": 1,
            f"{protocol} microseconds": round(seconds * 1_000_000),
        }
        self._add({(keys.REQUESTS, field): count for field, count in fields.items()})

    def flush(self) -> None:
        """Add the counts to the store; if it is away, keep them for the next time."""
        self._later.cancel()
        with self._lock:
            counts, self._counts = self._counts, Counter()
        try:
            if counts:
                usage.add(self._core.redis, counts)
        except STORE_ERRORS as error:
            log.warning("counts kept back", error=type(error).__name__)
            with self._lock:
                if len(self._counts) < MOST_PLACES:
                    self._counts.update(counts)

    def _distinct(self, month: str, name: str, host: str) -> str:
        with self._lock:
            if month != self._month:
                self._month = month
                self._hosts.clear()
            hosts = self._hosts[name]
            if host not in hosts and len(hosts) >= MOST_HOSTS:
                return "-"
            hosts.add(host)
            return host

    def _add(self, counts: dict[usage.Place, int]) -> None:
        with self._lock:
            self._counts.update(counts)
        self._later.soon()
