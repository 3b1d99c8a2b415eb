"""Watchdog: ends a stuck worker, even in C code where no Python signal handler runs."""

import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager

LIMIT = 30.0


@contextmanager
def guarded(limit: float = LIMIT) -> Iterator[None]:
    """End the process if the block takes longer than `limit` seconds.

    faulthandler's timer thread does not need the interpreter lock. Its dump has function names and
    line numbers, no data. The supervisor starts a new worker; comments that were claimed are due
    again when their lease ends.
    """
    faulthandler.dump_traceback_later(limit, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
