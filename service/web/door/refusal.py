"""Refusals at the door, in the words of the protocol that was spoken to."""

from http import HTTPStatus

from flask import Response
from markupsafe import Markup

from service.domain.sentences import N_
from service.web.door.rsgi import HttpScope
from service.web.http import guard, language, problems
from service.web.wire import refusal as wire

Answer = tuple[int, list[tuple[str, str]], bytes]

WAIT = N_("Please wait a moment")
KEPT = N_("Nothing was sent. Go back, and your text is still in the form.")
LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
PAGES = ("/frame/", "/review")
PAGE = Markup(
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
    "{again}<h1>{title}</h1><p>{detail}</p></html>"
)
AGAIN = Markup('<meta http-equiv="refresh" content="{}">')


def of(scope: HttpScope, status: HTTPStatus) -> Answer:
    """Return status, headers and body of the answer to a request that is not let in."""
    response = wire.of(scope.path, status) or _ours(scope, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = guard.NOTHING
    response.headers["X-Content-Type-Options"] = "nosniff"
    if status in LATER:
        response.headers["Retry-After"] = str(problems.RETRY_AFTER)
    return response.status_code, list(response.headers), response.get_data()


def may_be_refused(scope: HttpScope) -> bool:
    """Tell whether a client can be refused to save time: some take an error for a yes."""
    agent = scope.headers.get("user-agent", "")
    return not wire.publishes_on_errors(scope.path, agent)


def _ours(scope: HttpScope, status: HTTPStatus) -> Response:
    accepted = scope.headers.get("accept-language", "")
    chosen = language.of_address(scope.query_string, accepted)
    title = language.translations(chosen).gettext(WAIT) if status in LATER else status.phrase
    if not scope.path.startswith(PAGES):
        return problems.document(status, "", title)
    is_form = scope.method == "POST"
    page = PAGE.format(
        language=chosen,
        title=title,
        # A form that was sent again by the browser could be sent twice.
        again="" if is_form else AGAIN.format(problems.RETRY_AFTER),
        detail=language.translations(chosen).gettext(KEPT) if is_form else "",
    )
    return Response(page, status, content_type="text/html; charset=utf-8")
