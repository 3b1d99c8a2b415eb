"""Traffic: how many comments came in lately, from where, to where, with which words."""

from collections.abc import Sequence
from datetime import timedelta

from service.store.record import Record

LATELY = timedelta(minutes=10)
Kind = tuple[str, str]


def count(record: Record, kinds: Sequence[Kind]) -> list[int]:
    """Count what came lately of each kind, e.g. ("address", PSEUDONYM)."""
    numbers = record.redis.mget([record.keys.lately(*kind) for kind in kinds])
    return [int(number or 0) for number in numbers]


def note(record: Record, kinds: Sequence[Kind]) -> None:
    """Note that a comment of these kinds came; the first one begins the ten minutes."""
    with record.redis.pipeline(transaction=True) as pipe:
        for kind in kinds:
            pipe.set(record.keys.lately(*kind), 0, nx=True, px=LATELY)
            pipe.incr(record.keys.lately(*kind))
        pipe.execute()
