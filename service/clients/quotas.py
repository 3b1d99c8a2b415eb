"""Quotas: limit how often a key may be used; while the store is away there is no limit."""

import threading

from service.core import Core
from service.domain.errors import TooMany
from service.domain.key import ApiKey, Quota
from service.store import keys
from service.store.people import allowances
from service.store.server.patience import Patience

# A process takes a twentieth of a quota at a time, so that few requests wait for the store; what
# it has taken but not used is lost when it ends.
LOTS = 20
MOST_AT_ONCE = 100


class Quotas:
    """Takes from the keys' quotas, in advance where a quota is large."""

    def __init__(self, core: Core, patience: Patience) -> None:
        self._core, self._patience = core, patience
        self._lock = threading.Lock()
        self._left: dict[str, int] = {}

    def spend(self, key: ApiKey, count: int = 1) -> None:
        """Take from the key's quota; while the store is away, count nothing and let all pass.

        :raises TooMany: the quota is used up for the moment.
        """
        if not key.quota or self._has_left(key, count):
            return
        quota = Quota.read(key.quota)
        lot = max(count, min(quota.count // LOTS, MOST_AT_ONCE))
        try:
            self._take(key, quota, lot)
        except TooMany:
            # Too few for a lot, but perhaps enough for this request.
            lot = count
            self._take(key, quota, lot)
        with self._lock:
            self._left[key.id] = self._left.get(key.id, 0) + lot - count

    def _has_left(self, key: ApiKey, count: int) -> bool:
        with self._lock:
            left = self._left.get(key.id, 0) - count
            if left >= 0:
                self._left[key.id] = left
            return left >= 0

    def _take(self, key: ApiKey, quota: Quota, count: int) -> None:
        rate = allowances.Rate(
            per_minute=quota.per_minute / count, burst=max(1, quota.count // count)
        )
        place, payers = keys.allowance("key", key.id, ""), [allowances.Payer(key.id)]
        redis, now = self._core.redis, self._core.now()
        self._patience.ask(lambda: allowances.take(redis, place, payers, rate, now=now), None)
