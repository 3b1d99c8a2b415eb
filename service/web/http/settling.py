"""Whoever changed something is answered after every process could hear of it."""

from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from service.web.http.guard import SAFE


class Settling:
    """A WSGI application that calls `settle` after another one has answered what may change things.

    Then what its caller asks for next, of whatever process, is not answered with what was before.
    """

    def __init__(self, app: WSGIApplication, settle: Callable[[], None]) -> None:
        self._app, self._settle = app, settle

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; our answers are complete before they are given."""
        answer = self._app(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE:
            self._settle()
        return answer
