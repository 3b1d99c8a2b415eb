"""How many threads work at once: as many as keep the interpreter busy, and no more."""

import sys
import time
from collections.abc import Callable
from threading import Condition

# Seconds between two looks, and the shares of a processor that mean too many and too few at work.
LOOK = 0.1
BUSY, IDLE = 0.8, 0.6
# Python's own turn is 5 ms. Shorter turns cost throughput, and let the event loop refuse in time.
USUAL_TURN, SHORT_TURN = 0.005, 0.001


class Crew:
    """The threads of a line, numbered from 0; in a flood only those with low numbers work.

    Threads share one interpreter. Once it is busy, more of them answer no more requests, but each
    request takes as many times longer as there are threads. In a flood they are therefore halved
    while the process uses its processor, and one is added while it does not, since then they wait
    for the store (AIMD; Chiu and Jain 1989).
    """

    def __init__(
        self,
        size: int,
        clock: Callable[[], float] = time.monotonic,
        processor: Callable[[], float] = time.process_time,
    ) -> None:
        self._clock, self._processor = clock, processor
        self._size = self._working = size
        self._turn = Condition()
        self._looked, self._used = clock(), processor()

    @property
    def working(self) -> int:
        """How many may work at once."""
        return self._working

    def wait(self, number: int) -> None:
        """Return when the thread may work."""
        if number >= self._working:
            with self._turn:
                self._turn.wait_for(lambda: number < self._working)

    def steer(self, is_flood: bool) -> None:
        """Let all work, or in a flood as many as the process has use for; for one thread alone."""
        if is_flood:
            self._look()
        else:
            self.relax()

    def relax(self) -> None:
        """Let all work."""
        if self._working < self._size:
            self._let_work(self._size)

    def _look(self) -> None:
        now = self._clock()
        if now - self._looked < LOOK:
            return
        used = self._processor()
        share = (used - self._used) / (now - self._looked)
        self._looked, self._used = now, used
        if share > BUSY:
            self._let_work(max(1, self._working // 2))
        elif share < IDLE:
            self._let_work(min(self._size, self._working + 1))

    def _let_work(self, working: int) -> None:
        with self._turn:
            self._working = working
            self._turn.notify_all()
        sys.setswitchinterval(USUAL_TURN if working == self._size else SHORT_TURN)
