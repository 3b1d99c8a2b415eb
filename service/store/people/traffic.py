"""Traffic: recent comments and captchas counted by address, network, thread and text."""

from collections.abc import Sequence
from datetime import timedelta

from service.store.record import Record

LATELY = timedelta(minutes=10)
Kind = tuple[str, str]


def count(record: Record, kinds: Sequence[Kind]) -> list[int]:
    """Count the recent comments of each kind, e.g. ("address", PSEUDONYM)."""
    with record.redis.pipeline(transaction=False) as pipe:
        for kind in kinds:
            pipe.get(record.keys.lately(*kind))
            pipe.pttl(record.keys.lately(*kind))
        rows = pipe.execute()
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return [0 if _is_stuck(lasts) else int(number or 0) for number, lasts in pairs]


def note(record: Record, kinds: Sequence[Kind], by: int = 1) -> None:
    """Count a comment of these kinds, `by` times; the first one starts the ten minutes."""
    with record.redis.pipeline(transaction=False) as pipe:
        for kind in kinds:
            pipe.pttl(record.keys.lately(*kind))
        stuck = [
            kind for kind, lasts in zip(kinds, pipe.execute(), strict=True) if _is_stuck(lasts)
        ]
    with record.redis.pipeline(transaction=True) as pipe:
        for kind in stuck:
            pipe.delete(record.keys.lately(*kind))
        for kind in kinds:
            pipe.set(record.keys.lately(*kind), 0, nx=True, px=LATELY)
            pipe.incrby(record.keys.lately(*kind), by)
        pipe.execute()


def _is_stuck(lasts: int) -> bool:
    """Tell whether a counter lasts longer than it can: the store's clock was set back."""
    return lasts > LATELY / timedelta(milliseconds=1)
