"""A turnstile: lets a few callers at a time into what costs memory or a processor."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from service.domain.errors import Busy


class Turnstile:
    """Lets `at_once` threads of this process in; the next wait for `patience` seconds at most.

    A short patience keeps the web's few threads free for readers.
    """

    def __init__(self, at_once: int, patience: float) -> None:
        self._free, self._patience = BoundedSemaphore(at_once), patience

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Hold a place during the block.

        :raises Busy: nobody left in time.
        """
        if not self._free.acquire(timeout=self._patience):
            raise Busy
        try:
            yield
        finally:
            self._free.release()


# What walks through thousands of entries of a log: dry runs, exports, reports.
LONG_READS = Turnstile(at_once=2, patience=2.0)
