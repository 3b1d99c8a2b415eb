"""Allowances: rate limits for actions that cost us something."""

from dataclasses import dataclass
from datetime import datetime

from redis import Redis

from service.domain import moments
from service.domain.errors import TooMany
from service.store import scripts
from service.store.scripts import Argument


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate per minute, of which `burst` may come at once."""

    per_minute: float
    burst: int


def take(redis: Redis, key: str, rate: Rate, *, now: datetime) -> None:
    """Take one from an allowance.

    While the store is away this raises like everything else: nobody is unlimited.

    :raises TooMany: the allowance is used up for the moment.
    """
    args: dict[str, Argument] = {
        "now": moments.to_ms(now),
        "interval": 60_000 / rate.per_minute,
        "burst": rate.burst,
    }
    if wait := int(scripts.run(redis, "take_allowance", keys={"allowance": key}, args=args)):
        raise TooMany(wait / 1000)
