"""The line of requests that wait for a thread: bounded in length, in time and per network."""

import time
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from queue import SimpleQueue
from threading import Thread
from wsgiref.types import WSGIApplication

from service.web.door import refusal
from service.web.door.entrant import Entrant

# Whoever waits longer is refused. A crowd that comes and goes may wait; in a line that does not
# get shorter everybody would wait for the full time, so there patience is short (RFC 8289, CoDel).
PATIENT, HASTY = 5.0, 0.2
# For how many seconds a line has not been empty if it does not get shorter.
STANDING = 0.5
LONGEST = 2000


class Line:
    """Threads that answer requests in the order in which they came.

    `per_network` is how many requests of one network may wait, 0 for any number. `over` is called
    in a thread with each request that has been dealt with.
    """

    def __init__(
        self, app: WSGIApplication, threads: int, per_network: int, over: Callable[[Entrant], None]
    ) -> None:
        self._app, self._per_network, self._over = app, per_network, over
        self._waiting: SimpleQueue[Entrant | None] = SimpleQueue()
        self._networks: Counter[str] = Counter()
        self._was_empty = time.monotonic()
        # For how long whoever was called last had waited: nobody who comes now is called sooner.
        self._waited = 0.0
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(threads)]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End the threads after everybody in the line has been answered."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def __len__(self) -> int:
        return self._waiting.qsize()

    @property
    def is_full(self) -> bool:
        """Whether nobody more can wait, whoever it is."""
        return len(self) >= LONGEST

    def refusal(self, network: str) -> HTTPStatus | None:
        """Return the status with which a network's next request is refused, None if it may wait.

        Refusing here is far cheaper than refusing in a thread.
        """
        if self.is_full or self._waited > self._patience(time.monotonic()):
            return HTTPStatus.SERVICE_UNAVAILABLE
        if self._per_network and self._networks[network] >= self._per_network:
            return HTTPStatus.TOO_MANY_REQUESTS
        return None

    def join(self, entrant: Entrant) -> None:
        """Put a request at the end of the line; for the event loop alone."""
        self._networks[entrant.network] += 1
        self._waiting.put(entrant)

    def leave(self, entrant: Entrant) -> None:
        """Forget a request that is over; for the event loop alone."""
        self._networks[entrant.network] -= 1
        if not self._networks[entrant.network]:
            del self._networks[entrant.network]

    def _work(self) -> None:
        while entrant := self._waiting.get():
            self._serve(entrant)
            self._over(entrant)

    def _serve(self, entrant: Entrant) -> None:
        now = time.monotonic()
        self._waited = now - entrant.since
        if self._waiting.empty():
            self._was_empty, self._waited = now, 0.0
        if entrant.is_gone:
            return
        if now - entrant.since > self._patience(now) and refusal.may_be_refused(
            entrant.scope, entrant.headers
        ):
            entrant.refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        entrant.answer(self._app)

    def _patience(self, now: float) -> float:
        return PATIENT if now - self._was_empty < STANDING else HASTY
