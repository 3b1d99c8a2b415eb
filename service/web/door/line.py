"""The line of requests that wait for a thread: bounded in length, in time and per network."""

import time
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from queue import SimpleQueue
from threading import Thread
from wsgiref.types import WSGIApplication

from service.web.door import refusal
from service.web.door.crew import Crew
from service.web.door.crowd import Crowd
from service.web.door.entrant import Entrant

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
        self._crowd = Crowd(time.monotonic())
        # For how long whoever was called last had waited: nobody who comes now is called sooner.
        self._waited = 0.0
        self._crew = Crew(threads)
        self._threads = [
            Thread(target=self._work, args=(number,), daemon=True) for number in range(threads)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End the threads after everybody in the line has been answered."""
        self._crew.relax()
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

        For the event loop alone: refusing here is far cheaper than refusing in a thread.
        """
        now = time.monotonic()
        self._crew.steer(self._crowd.is_flood(now))
        if self.is_full or self._waited > self._crowd.patience(now):
            self._crowd.refuse(now)
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
        (self._crowd.refuse if entrant.is_late else self._crowd.answer)(time.monotonic())
        self._networks[entrant.network] -= 1
        if not self._networks[entrant.network]:
            del self._networks[entrant.network]

    def _work(self, number: int) -> None:
        while entrant := self._waiting.get():
            self._serve(entrant)
            self._over(entrant)
            self._crew.wait(number)

    def _serve(self, entrant: Entrant) -> None:
        now = time.monotonic()
        self._waited = now - entrant.since
        if self._waiting.empty():
            self._crowd.clear(now)
            self._waited = 0.0
        if entrant.is_gone:
            return
        if now - entrant.since > self._crowd.patience(now) and refusal.may_be_refused(
            entrant.scope, entrant.headers
        ):
            entrant.is_late = True
            entrant.refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        entrant.answer(self._app)
