"""Refusals at the door, in the words of the protocol that was spoken to."""

from functools import cache
from http import HTTPStatus

from flask import Response
from markupsafe import Markup

from service.domain.sentences import N_
from service.web.door.rsgi import HttpScope, SentHeaders
from service.web.http import guard, language, problems
from service.web.wire import refusal as wire

Answer = tuple[int, list[tuple[str, str]], bytes]

WAIT = N_("Please wait a moment")
KEPT = N_("Nothing was sent. Go back, and your text is still in the form.")
LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
FRAME, DESK = "/frame/", "/review"
# Whoever embeds the frame may show that it is busy.
EMBEDDED = guard.NOTHING.replace("frame-ancestors 'none'", "frame-ancestors *")
PAGE = Markup(
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
    "{again}<h1>{title}</h1><p>{detail}</p></html>"
)
AGAIN = Markup('<meta http-equiv="refresh" content="{}">')


def of(scope: HttpScope, headers: SentHeaders, status: HTTPStatus) -> Answer:
    """Return status, headers and body of the answer to a request that is not let in."""
    protocol = wire.protocol(scope.path)
    if protocol:
        return _answer(protocol, status)
    chosen = language.of_address(scope.query_string, headers.get("accept-language", ""))
    pages = next((pages for pages in (FRAME, DESK) if scope.path.startswith(pages)), "")
    return _ours(status, chosen, pages, scope.method == "POST")


def may_be_refused(scope: HttpScope, headers: SentHeaders) -> bool:
    """Tell whether a client can be refused to save time: some take an error for a yes."""
    return not wire.publishes_on_errors(scope.path, headers.get("user-agent", ""))


# There are few different refusals, and many of them when there is no time.
@cache
def _answer(protocol: str, status: HTTPStatus) -> Answer:
    return _sealed(wire.of(protocol, status), status)


@cache
def _ours(status: HTTPStatus, chosen: str, pages: str, is_form: bool) -> Answer:
    title = language.translations(chosen).gettext(WAIT) if status in LATER else status.phrase
    if not pages:
        return _sealed(problems.document(status, "", title), status)
    page = PAGE.format(
        language=chosen,
        title=title,
        # A form that is sent again by itself could be sent twice.
        again="" if is_form else AGAIN.format(problems.RETRY_AFTER),
        detail=language.translations(chosen).gettext(KEPT) if is_form else "",
    )
    response = Response(page, status, content_type="text/html; charset=utf-8")
    return _sealed(response, status, EMBEDDED if pages == FRAME else guard.NOTHING)


def _sealed(response: Response, status: HTTPStatus, policy: str = guard.NOTHING) -> Answer:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    if status in LATER:
        response.headers["Retry-After"] = str(problems.RETRY_AFTER)
    return response.status_code, list(response.headers), response.get_data()
