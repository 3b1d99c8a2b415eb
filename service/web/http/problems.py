"""The table of all domain errors as application/problem+json (RFC 9457)."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from service.domain import errors
from service.domain.sentences import N_, Sentence, counted
from service.outages import StoreError, is_outage, plainly
from service.web.http import language

log = structlog.get_logger(__name__)

RETRY_AFTER = 3
# A 401 must name an authentication scheme (RFC 9110, 15.5.2). Forms and readers' headers have no
# standard scheme; our own name says so, and makes no browser open a dialog.
CHALLENGE = {"WWW-Authenticate": "Folkmoot"}
CHALLENGE_OF_KEYS = {"WWW-Authenticate": "Bearer"}

PROBLEMS: dict[type[errors.DomainError], tuple[HTTPStatus, str, str]] = {
    errors.Invalid: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", N_("Some fields are not right")),
    errors.SiteNotFound: (HTTPStatus.NOT_FOUND, "site-not-found", N_("There is no such site")),
    errors.CommentNotFound: (
        HTTPStatus.NOT_FOUND,
        "comment-not-found",
        N_("There is no such comment"),
    ),
    errors.CaptchaNotFound: (
        HTTPStatus.NOT_FOUND,
        "captcha-not-found",
        N_("There is no such captcha"),
    ),
    errors.CaptchaOff: (HTTPStatus.CONFLICT, "captcha-off", N_("This site asks for no captcha")),
    errors.ForeignOrigin: (
        HTTPStatus.FORBIDDEN,
        "foreign-origin",
        N_("This page does not belong to the site"),
    ),
    errors.NotVotable: (
        HTTPStatus.CONFLICT,
        "not-votable",
        N_("This comment takes no vote of yours"),
    ),
    errors.NotFlaggable: (HTTPStatus.CONFLICT, "not-flaggable", N_("This comment takes no flags")),
    errors.ReaderUnknown: (
        HTTPStatus.UNAUTHORIZED,
        "reader-unknown",
        N_("The reader's token is missing or not ours"),
    ),
    errors.ReceiptRefused: (
        HTTPStatus.FORBIDDEN,
        "receipt-refused",
        N_("The receipt is missing or belongs to another comment"),
    ),
    errors.EditWindowOver: (
        HTTPStatus.CONFLICT,
        "edit-window-over",
        N_("This comment can no longer be changed"),
    ),
    errors.MayBeHeld: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "may-be-held",
        N_("This may be held: do you want to rephrase?"),
    ),
    errors.NotAppealable: (
        HTTPStatus.CONFLICT,
        "not-appealable",
        N_("This decision takes no appeal"),
    ),
    errors.AppealNotFound: (HTTPStatus.NOT_FOUND, "appeal-not-found", "There is no such appeal"),
    errors.KeyReused: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "idempotency-key-reused",
        "This idempotency key belongs to another comment",
    ),
    errors.TooMany: (HTTPStatus.TOO_MANY_REQUESTS, "too-many", N_("Please wait a moment")),
    errors.Busy: (HTTPStatus.SERVICE_UNAVAILABLE, "busy", N_("Please wait a moment")),
    errors.StaleStatus: (HTTPStatus.CONFLICT, "stale-status", N_("Somebody else decided first")),
    errors.ChangedMeanwhile: (
        HTTPStatus.CONFLICT,
        "changed-meanwhile",
        "Somebody else was quicker",
    ),
    errors.UndoOver: (HTTPStatus.GONE, "undo-over", "This can no longer be taken back"),
    errors.NotSignedIn: (HTTPStatus.UNAUTHORIZED, "not-signed-in", N_("Please sign in")),
    errors.NotAllowed: (HTTPStatus.FORBIDDEN, "not-allowed", N_("Your role does not cover this")),
    errors.InvitationOver: (
        HTTPStatus.GONE,
        "invitation-over",
        N_("This link was used or is too old"),
    ),
    errors.WrongPassword: (
        HTTPStatus.UNAUTHORIZED,
        "wrong-password",
        N_("Name and password do not belong together"),
    ),
    errors.WrongCode: (HTTPStatus.UNAUTHORIZED, "wrong-code", "This code does not fit"),
    errors.AppThere: (HTTPStatus.CONFLICT, "app-there", "There is an app already"),
    errors.PasskeyRefused: (
        HTTPStatus.UNAUTHORIZED,
        "passkey-refused",
        "This passkey was not accepted",
    ),
    errors.ModeratorNotFound: (
        HTTPStatus.NOT_FOUND,
        "moderator-not-found",
        "There is no such account",
    ),
    errors.LastOwner: (HTTPStatus.CONFLICT, "last-owner", "This is the last owner"),
    errors.KeyRefused: (
        HTTPStatus.UNAUTHORIZED,
        "key-refused",
        "The API key is missing, not one of ours, or revoked",
    ),
    errors.ScopeMissing: (
        HTTPStatus.FORBIDDEN,
        "scope-missing",
        "The API key does not cover this",
    ),
    errors.NotScored: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "not-scored",
        "The classifier cannot be used at the moment",
    ),
    errors.SchemaMismatch: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "schema-mismatch",
        N_("The store was written by another version"),
    ),
    errors.StoreUnsafe: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "store-unsafe",
        N_("The store would lose what it accepts"),
    ),
    errors.StoreAway: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "store-away",
        N_("The store cannot be reached at the moment"),
    ),
}


def problem(
    status: HTTPStatus, name: str, title: str, *, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """Return a problem document; `more` are additional members."""
    return document(status, name, language.gettext(title), headers=headers, **more)


def document(
    status: HTTPStatus, name: str, title: str, *, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """Return a problem document whose title has been translated."""
    kind = f"/problems/{name}" if name else "about:blank"
    body = {"type": kind, "title": title, "status": int(status), "errors": [], **more}
    return Response(
        json.dumps(body), status, headers=headers, content_type="application/problem+json"
    )


def describe(error: errors.DomainError) -> Response:
    """Return the problem document of a domain error, without str(error)."""
    status, name, title = PROBLEMS[type(error)]
    return problem(status, name, title, headers=headers_for(error), **_details(error))


def describe_http(error: HTTPException) -> Response:
    """Return the problem document of an HTTP error."""
    code = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    detail = error.description or ""
    return problem(code, "", error.name, headers=headers_of(error), detail=detail)


def note_defect(error: Exception) -> None:
    """Log an unexpected error with its trace."""
    log.error("unforeseen", path=request.path, error=type(error).__name__, exc_info=error)


def headers_for(error: errors.DomainError) -> dict[str, str]:
    """Return the headers that HTTP requires with a domain error, e.g. Retry-After."""
    status = PROBLEMS[type(error)][0]
    if isinstance(error, errors.TooMany):
        return {"Retry-After": str(max(1, round(error.retry_after)))}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(RETRY_AFTER)}
    if status is HTTPStatus.UNAUTHORIZED:
        return CHALLENGE_OF_KEYS if isinstance(error, errors.KeyRefused) else CHALLENGE
    return {}


def headers_of(error: HTTPException) -> dict[str, str]:
    """Return the headers that HTTP requires with an error, e.g. Allow."""
    return {name: value for name, value in error.get_headers() if name != "Content-Type"}


def present_faults(faults: Sequence[errors.Fault]) -> list[dict[str, str]]:
    """Return faults as JSON objects."""
    return [{"field": f.field, "code": f.code, "detail": language.say(f.sentence)} for f in faults]


def wait(error: errors.TooMany) -> Sentence:
    """Return the sentence that says when to try again."""
    return counted(
        "Try again in %(count)s second.",
        "Try again in %(count)s seconds.",
        max(1, round(error.retry_after)),
    )


def register(app: Flask) -> None:
    """Answer all errors, ours, the store's and Werkzeug's, as problem documents."""

    @app.errorhandler(errors.DomainError)
    def domain(error: errors.DomainError) -> Response:
        return describe(error)

    @app.errorhandler(StoreError)
    def store(error: StoreError) -> Response:
        if not is_outage(error):
            return unforeseen(error)
        # The server's message (out of memory, read only, loading …) contains no part of a comment.
        log.error("store failed", error=type(error).__name__, says=plainly(error))
        return describe(errors.StoreAway())

    app.register_error_handler(HTTPException, describe_http)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        # The only place that catches everything: the log gets the trace, the client a status.
        note_defect(error)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "", "Something went wrong on our side")


def _details(error: errors.DomainError) -> dict[str, Any]:
    if isinstance(error, errors.Invalid):
        detail = " ".join(language.say(fault.sentence) for fault in error.faults)
        return {"detail": detail, "errors": present_faults(error.faults)}
    if isinstance(error, errors.TooMany):
        return {"detail": language.say(wait(error))}
    if isinstance(error, errors.StaleStatus):
        who = f" by {error.by}" if error.by else ""
        when = error.at.isoformat() if error.at else None
        return {
            "detail": f"It is {error.status} already{who}.",
            "now": error.status,
            "by": error.by,
            "at": when,
        }
    return {}
