"""Allowances: how often somebody may do something that costs us."""

from dataclasses import dataclass
from datetime import datetime

from redis import Redis

from service.domain import moments
from service.domain.errors import TooMany
from service.store import scripts


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a minute, of which `burst` may come at once."""

    per_minute: float
    burst: int


def take(redis: Redis, key: str, rate: Rate, *, now: datetime) -> None:
    """Take one from an allowance.

    With the store away this raises like everything else: nobody gets in unlimited.

    :raises TooMany: nothing is left for the moment.
    """
    args = [moments.to_ms(now), 60_000 / rate.per_minute, rate.burst]
    if wait := int(scripts.run(redis, "take_allowance", [key], args)):
        raise TooMany(wait / 1000)
