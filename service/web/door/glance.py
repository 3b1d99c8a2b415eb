"""Answers that are ready in memory, given on the event loop without a thread and the store."""

from collections.abc import Callable
from wsgiref.types import WSGIEnvironment

import structlog

from service.web.door import environ
from service.web.door.rsgi import HttpScope, SentHeaders

log = structlog.get_logger(__name__)

Ready = tuple[int, list[tuple[str, str]], bytes]
PAGES, ANSWERS = "/frame/", "/api/v1/sites/"


class Glance:
    """Looks for an answer; None means that the request has to wait for a thread.

    `pages` takes a request and the network that it comes from, `answers` a request alone. Answers
    depend on the host that was asked, so there are none behind proxies, which say what that was.
    """

    def __init__(
        self,
        pages: Callable[[WSGIEnvironment, str], Ready | None],
        answers: Callable[[WSGIEnvironment], Ready | None] | None = None,
    ) -> None:
        self._pages, self._answers = pages, answers

    def look(self, scope: HttpScope, headers: SentHeaders, peer: str, network: str) -> Ready | None:
        """Return what is ready for a request without a body."""
        if scope.method != "GET" or not scope.path.startswith((PAGES, ANSWERS)):
            return None
        try:
            return self._find(environ.of(scope, headers, peer, b"", 0), network)
        except Exception as error:
            # The application answers it, and every other request.
            log.error("unforeseen", error=type(error).__name__, exc_info=error)
            return None

    def _find(self, asked: WSGIEnvironment, network: str) -> Ready | None:
        if asked["PATH_INFO"].startswith(PAGES):
            return self._pages(asked, network)
        return self._answers(asked) if self._answers else None
