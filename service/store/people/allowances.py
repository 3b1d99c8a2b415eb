"""Allowances: rate limits for actions that cost us something."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose allowance is used, and how many times the rate it has."""

    who: str
    breadth: int = 1


def take(redis: Redis, place: str, payers: Sequence[Payer], rate: Rate, *, now: datetime) -> None:
    """Take one from the allowance of each payer, or from none; `place` is the prefix of their keys.

    While the store is away this raises like everything else: nobody is unlimited.

    :raises TooMany: an allowance is used up for the moment.
    """
    args: dict[str, Argument] = {
        "now": moments.to_ms(now),
        "interval": 60_000 / rate.per_minute,
        "burst": rate.burst,
        "payers": [part for payer in payers for part in (payer.who, payer.breadth)],
    }
    if wait := int(scripts.run(redis, "take_allowance", keys={"allowances": place}, args=args)):
        raise TooMany(wait / 1000)
