"""Steadiness: whether the wall clock went on as time did, for jobs that delete what is old."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

# More than what a time server corrects at once, less than the shortest retention.
TOLERATED = timedelta(hours=1)


class Steadiness:
    """Compares the wall clock with one that cannot be set, since this object was made."""

    def __init__(
        self, wall: Callable[[], datetime], ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall, self._ticks = wall, ticks
        self._start, self._first_tick = wall(), ticks()

    def is_kept(self) -> bool:
        """Tell whether the wall clock is where it should be."""
        passed = timedelta(seconds=self._ticks() - self._first_tick)
        return abs(self._wall() - self._start - passed) <= TOLERATED
