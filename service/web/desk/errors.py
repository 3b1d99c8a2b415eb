"""Errors of the desk: a page for people, a problem document for scripts."""

from http import HTTPStatus

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError

from service.domain.errors import DomainError, NotSignedIn, StaleStatus, StoreAway
from service.outages import StoreError, is_outage
from service.web.desk import context
from service.web.desk.queue import filters, responses
from service.web.http import pages, problems

NO_PAGE = ("There is no such page", "The address may be mistyped, or out of date.")


def register(bp: Blueprint) -> None:
    """Register the desk's own handlers for all errors."""
    bp.register_error_handler(NotSignedIn, ask_to_sign_in)
    bp.register_error_handler(StaleStatus, say_who_was_first)
    bp.register_error_handler(DomainError, explain)
    bp.register_error_handler(HTTPException, explain_http)
    bp.register_error_handler(StoreError, explain_outage)
    bp.register_error_handler(Exception, explain_defect)
    # An address without a view belongs to no blueprint.
    for status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        bp.app_errorhandler(status)(explain_missing)


def ask_to_sign_in(error: NotSignedIn) -> Response:
    """Redirect to the sign-in page, and back here afterwards."""
    if responses.wants_json():
        return problems.describe(error)
    requested = request.full_path.rstrip("?") if request.method == "GET" else None
    return make_response(redirect(url_for("review.sessions.get_sign_in", next=requested), 303))


def say_who_was_first(error: StaleStatus) -> Response:
    """Report who decided meanwhile, what, and when."""
    g.problem = type(error).__name__
    if responses.wants_json():
        return problems.describe(error)
    back = filters.write(filters.read_valid(request.values))
    site = (request.view_args or {}).get("site", "")
    return make_response(
        render_template("review/stale.html", error=error, site=site, back=back), 409
    )


def explain(error: DomainError) -> Response:
    """Explain in plain words what cannot be done."""
    explanation = pages.explain(error)
    g.problem = type(error).__name__
    if responses.wants_json():
        return problems.describe(error)
    response = _page(explanation.title, explanation.detail, explanation.status)
    response.headers.update(explanation.headers)
    return response


def explain_http(error: HTTPException) -> Response:
    """Explain an HTTP error in plain words."""
    response = _page(error.name, error.description or "", error.code or 500)
    response.headers.update(problems.headers_of(error))
    return response


def explain_missing(error: HTTPException) -> Response:
    """Explain that there is no such page of the desk; all other addresses get a problem."""
    if context.is_of_desk(request.path) and not responses.wants_json():
        return _page(*NO_PAGE, 404) if error.code == HTTPStatus.NOT_FOUND else explain_http(error)
    return problems.describe_http(error)


def explain_outage(error: StoreError) -> Response:
    """Report that the store is away and that nothing was decided."""
    if not is_outage(error):
        return explain_defect(error)
    response = explain(StoreAway())
    response.headers["Retry-After"] = str(problems.RETRY_AFTER)
    return response


def explain_defect(error: Exception) -> Response:
    """Report a defect on our side; the log has the trace."""
    problems.note_defect(error)
    return explain_http(InternalServerError())


def _page(title: str, detail: str, status: int) -> Response:
    return make_response(render_template("review/message.html", title=title, detail=detail), status)
