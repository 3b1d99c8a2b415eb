"""One request on its way through the application, and its answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from wsgiref.types import WSGIApplication

import structlog

from service.web.door import environ, refusal
from service.web.door.rsgi import HttpExchange, HttpScope, SentHeaders

log = structlog.get_logger(__name__)

Fields = list[tuple[str, str]]


@dataclass(slots=True, eq=False)
class Entrant:
    """A request whose body has been read: whose it is, since when it waits, when it is over.

    It is late if it has waited in vain.
    """

    scope: HttpScope
    headers: SentHeaders
    protocol: HttpExchange
    peer: str
    body: bytes
    length: int
    network: str
    since: float
    over: "asyncio.Future[None]"
    is_gone: bool = False
    is_late: bool = False
    _head: list[Any] = field(default_factory=list)

    def answer(self, app: WSGIApplication) -> None:
        """Let the application answer; nobody is left without an answer."""
        try:
            self._run(app)
        except Exception as error:
            log.error("unforeseen", error=type(error).__name__, exc_info=error)
            self.refuse(HTTPStatus.INTERNAL_SERVER_ERROR)

    def refuse(self, status: HTTPStatus) -> None:
        """Answer without the application."""
        refuse(self.scope, self.headers, self.protocol, status)

    def _run(self, app: WSGIApplication) -> None:
        chunks = app(
            environ.of(self.scope, self.headers, self.peer, self.body, self.length), self._start
        )
        try:
            # Our answers are in memory already, exports too.
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = self._head
        self.protocol.response_bytes(status, headers, body)

    def _start(self, status: str, headers: Fields, _: Any = None) -> Callable[[bytes], object]:
        self._head[:] = [int(status[:3]), headers]
        # None of our views uses the deprecated `write`.
        return lambda data: None


def refuse(
    scope: HttpScope, headers: SentHeaders, protocol: HttpExchange, status: HTTPStatus
) -> None:
    """Answer a request that is not let in."""
    protocol.response_bytes(*refusal.of(scope, headers, status))
