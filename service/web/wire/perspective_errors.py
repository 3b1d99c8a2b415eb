"""Perspective's error bodies, in Google's format."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, request
from structlog import get_logger
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from service.analysis.refusals import RequestRefused
from service.domain.errors import KeyRefused, NotScored, ScopeMissing, StoreAway, TooMany
from service.domain.key import Quota
from service.outages import StoreError, is_outage
from service.web.wire.body import NotJson

log = get_logger(__name__)

SERVICE = "commentanalyzer.googleapis.com"
INFO = "type.googleapis.com/google.rpc.ErrorInfo"
ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
NO_KEY = (
    "Method doesn't allow unregistered callers (callers without established identity). "
    "Please use API Key or other form of API consumer identity to call this API."
)
METRIC = "Analysis requests (AnalyzeComment)"
HELP = "https://cloud.google.com/docs/quota#requesting_higher_quota"
QUOTA = {
    "quota_location": "global",
    "quota_metric": "CommentAnalyzerService/analyze_requests",
    "quota_limit": "AnalyzeRequestsPerMinutePerProject",
    "service": SERVICE,
    "consumer": "projects/1",
}
STATUSES = {
    HTTPStatus.BAD_REQUEST: "INVALID_ARGUMENT",
    HTTPStatus.FORBIDDEN: "PERMISSION_DENIED",
    HTTPStatus.NOT_FOUND: "NOT_FOUND",
    HTTPStatus.TOO_MANY_REQUESTS: "RESOURCE_EXHAUSTED",
    HTTPStatus.INTERNAL_SERVER_ERROR: "INTERNAL",
    HTTPStatus.SERVICE_UNAVAILABLE: "UNAVAILABLE",
}


class KeyMissing(Exception):
    """The request has no key."""


def error(status: HTTPStatus, message: str, *details: dict[str, Any]) -> Response:
    """Return an error body as Google's services do."""
    body: dict[str, Any] = {
        "code": int(status),
        "message": message,
        "status": STATUSES.get(status, "INVALID_ARGUMENT"),
    }
    if details:
        body["details"] = list(details)
    return Response(json.dumps({"error": body}), status, content_type="application/json")


def register(bp: Blueprint) -> None:
    """Answer all errors of a blueprint in Google's format."""
    for kind, answer in ANSWERS.items():
        bp.register_error_handler(kind, answer)


def answer(wrong: Exception) -> Response:
    """Return the answer to one of the errors in `ANSWERS`."""
    kind = next(kind for kind in type(wrong).__mro__ if kind in ANSWERS)
    response: Response = ANSWERS[kind](wrong)
    return response


def _refused(refused: RequestRefused) -> Response:
    if refused.type is None:
        return error(HTTPStatus.BAD_REQUEST, refused.message)
    details: dict[str, Any] = {"@type": ERROR, "errorType": refused.type.value}
    if refused.language is not None:
        language: dict[str, Any] = {"detectedLanguages": list(refused.language.detected)}
        if refused.language.requested:
            language["requestedLanguages"] = list(refused.language.requested)
        language["attribute"] = refused.language.attribute
        details["languageNotSupportedByAttributeError"] = language
    return error(HTTPStatus.BAD_REQUEST, refused.message, details)


def _no_key(_: KeyMissing) -> Response:
    return error(HTTPStatus.FORBIDDEN, NO_KEY)


def _bad_key(_: KeyRefused) -> Response:
    info = _info("API_KEY_INVALID", {"service": SERVICE})
    return error(HTTPStatus.BAD_REQUEST, "API key not valid. Please pass a valid API key.", info)


def _other_key(_: ScopeMissing) -> Response:
    info = _info("API_KEY_SERVICE_BLOCKED", {"service": SERVICE})
    message = f"Requests to this API {SERVICE} are blocked: the key is not for analysis."
    return error(HTTPStatus.FORBIDDEN, message, info)


def _too_many(busy: TooMany) -> Response:
    quota = Quota.read(g.key.quota)
    limit = QUOTA | {"quota_limit_value": str(quota.count)}
    message = (
        f"Quota exceeded for quota metric '{METRIC}' and limit '{METRIC} per {quota.per}' "
        f"of service '{SERVICE}' for consumer 'project_number:1'."
    )
    links = [{"description": "Request a higher quota limit.", "url": HELP}]
    answer = error(
        HTTPStatus.TOO_MANY_REQUESTS,
        message,
        _info("RATE_LIMIT_EXCEEDED", limit),
        {"@type": "type.googleapis.com/google.rpc.Help", "links": links},
    )
    answer.headers["Retry-After"] = str(max(1, round(busy.retry_after)))
    return answer


def _not_json(_: NotJson) -> Response:
    return error(HTTPStatus.BAD_REQUEST, "Invalid JSON payload received. Expected a JSON object.")


def _unavailable(_: Exception) -> Response:
    return error(HTTPStatus.SERVICE_UNAVAILABLE, "The service is currently unavailable.")


def _store(failed: StoreError) -> Response:
    return _unavailable(failed) if is_outage(failed) else _unforeseen(failed)


def _too_large(_: RequestEntityTooLarge) -> Response:
    most = request.max_content_length
    message = f"Request payload size exceeds the limit: {most} bytes."
    return error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)


def _http(wrong: HTTPException) -> Response:
    return error(HTTPStatus(wrong.code or 500), wrong.description or wrong.name)


def _unforeseen(wrong: Exception) -> Response:
    log.exception("unforeseen", error=type(wrong).__name__)
    return error(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal error encountered.")


def _info(reason: str, metadata: dict[str, str]) -> dict[str, Any]:
    return {"@type": INFO, "reason": reason, "domain": "googleapis.com", "metadata": metadata}


ANSWERS: dict[type[Exception], Any] = {
    RequestRefused: _refused,
    KeyMissing: _no_key,
    KeyRefused: _bad_key,
    ScopeMissing: _other_key,
    TooMany: _too_many,
    NotJson: _not_json,
    NotScored: _unavailable,
    StoreAway: _unavailable,
    StoreError: _store,
    RequestEntityTooLarge: _too_large,
    HTTPException: _http,
    Exception: _unforeseen,
}
