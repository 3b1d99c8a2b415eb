"""The RSGI application that the server calls: it waits for bodies, so that no thread has to."""

import asyncio
from collections import deque
from http import HTTPStatus
from time import monotonic
from wsgiref.types import WSGIApplication

from service.web.door import body, origin
from service.web.door.entrant import Entrant, refuse
from service.web.door.glance import Glance
from service.web.door.line import Line
from service.web.door.refusal import may_be_refused
from service.web.door.rsgi import HttpExchange, HttpScope

# Below this number of requests that wait, it is not worth finding out who has gone.
MANY = 100
# A half-sent request costs less than one that waits, by this factor.
HALF_SENT = 4
STATUSES: dict[type[Exception], HTTPStatus] = {
    body.TooSlow: HTTPStatus.REQUEST_TIMEOUT,
    body.Broken: HTTPStatus.BAD_REQUEST,
}


class Door:
    """Lets complete requests into a WSGI application, and refuses the others.

    `per_network` is how many requests of one network may wait for a thread, 0 for any number. What
    `glance` finds is answered at once.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        threads: int,
        trusted_proxies: int,
        per_network: int,
        glance: Glance,
    ) -> None:
        self._line = Line(app, threads, per_network, self._note)
        self._bodies = body.Bodies(HALF_SENT * per_network)
        self._proxies = trusted_proxies
        self._glance = glance
        self._loop: asyncio.AbstractEventLoop
        self._over: deque[Entrant] = deque()
        self._is_called = False

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the threads."""
        self._loop = loop
        self._line.start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the threads; all connections have been closed."""
        self._line.stop()

    async def __rsgi__(self, scope: HttpScope, protocol: HttpExchange) -> None:
        """Answer one request."""
        # Each look at `scope.headers` copies them.
        headers, peer = scope.headers, origin.peer(scope)
        network = origin.of(peer, headers, self._proxies)
        content, length = b"", 0
        if body.is_empty(headers):
            if ready := self._glance.look(scope, headers, peer, network):
                protocol.response_bytes(*ready)
                return
        else:
            try:
                content, length = await self._bodies.read(protocol, headers, network)
            except (body.TooSlow, body.Broken) as fault:
                refuse(scope, headers, protocol, STATUSES[type(fault)])
                return
        over = self._loop.create_future()
        await self._admit(
            Entrant(scope, headers, protocol, peer, content, length, network, monotonic(), over)
        )

    async def _admit(self, entrant: Entrant) -> None:
        status = self._line.refusal(entrant.network)
        if status and (self._line.is_full or may_be_refused(entrant.scope, entrant.headers)):
            entrant.refuse(status)
            return
        gone = self._watch(entrant) if len(self._line) > MANY else None
        self._line.join(entrant)
        await entrant.over
        self._line.leave(entrant)
        if gone:
            gone.cancel()

    def _watch(self, entrant: Entrant) -> "asyncio.Task[None]":
        async def wait() -> None:
            await entrant.protocol.client_disconnect()
            entrant.is_gone = True

        return self._loop.create_task(wait())

    def _note(self, entrant: Entrant) -> None:
        """Tell the event loop that a request is over: once for all that are, since that is slow."""
        self._over.append(entrant)
        if not self._is_called:
            self._is_called = True
            self._loop.call_soon_threadsafe(self._release)

    def _release(self) -> None:
        self._is_called = False
        while self._over:
            over = self._over.popleft().over
            if not over.done():
                over.set_result(None)
