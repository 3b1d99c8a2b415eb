"""Traffic: recent comments and captchas counted by address, network, thread and text."""

from collections.abc import Sequence
from datetime import timedelta

from service.store.record import Record

LATELY = timedelta(minutes=10)
Kind = tuple[str, str]


def count(record: Record, kinds: Sequence[Kind]) -> list[int]:
    """Count the recent comments of each kind, e.g. ("address", PSEUDONYM)."""
    numbers = record.redis.mget([record.keys.lately(*kind) for kind in kinds])
    return [int(number or 0) for number in numbers]


def note(record: Record, kinds: Sequence[Kind], by: int = 1) -> None:
    """Count a comment of these kinds, `by` times; the first one starts the ten minutes."""
    with record.redis.pipeline(transaction=True) as pipe:
        for kind in kinds:
            pipe.set(record.keys.lately(*kind), 0, nx=True, px=LATELY)
            pipe.incrby(record.keys.lately(*kind), by)
        pipe.execute()
