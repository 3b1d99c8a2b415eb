"""Ask the store with a short time-out, for work that must not wait for it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog
from redis.exceptions import RedisError

Answer = TypeVar("Answer")

# The errors of a store that is away, for callers that must not import Redis.
STORE_ERRORS = (RedisError, OSError)

log = structlog.get_logger(__name__)

WAIT = 0.25
REST = 2.0
# Enough for the calls that get stuck when a store begins to hang; after them none is made.
THREADS = 4


class Patience:
    """Asks in threads of its own; after a time-out it does not ask again for two seconds."""

    def __init__(
        self, wait: float = WAIT, rest: float = REST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._wait, self._rest, self._clock = wait, rest, clock
        self._resting_until = 0.0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="patience")

    def ask(self, call: Callable[[], Answer], otherwise: Answer) -> Answer:
        """Return the answer, or `otherwise` if the store is away or too slow."""
        if self._clock() < self._resting_until:
            return otherwise
        try:
            return self._threads.submit(call).result(self._wait)
        except (RedisError, TimeoutError) as error:
            self._resting_until = self._clock() + self._rest
            log.warning("store not waited for", error=type(error).__name__)
            return otherwise


class Later:
    """Calls a function once after a delay, however often that was requested meanwhile."""

    def __init__(self, call: Callable[[], None], seconds: float) -> None:
        self._call, self._seconds = call, seconds
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def soon(self) -> None:
        """Request the call."""
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(self._seconds, self._now)
                self._timer.daemon = True
                self._timer.start()

    def cancel(self) -> None:
        """Cancel the pending call."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None

    def _now(self) -> None:
        with self._lock:
            self._timer = None
        self._call()
