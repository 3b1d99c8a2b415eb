"""OpenAI's moderation endpoint."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from flask import Blueprint, Response
from werkzeug.exceptions import HTTPException

from service.analysis import moderation
from service.analysis.moderation import Category, JudgedText
from service.domain.errors import DomainError, KeyRefused, NotScored, ScopeMissing, TooMany
from service.domain.key import Scope
from service.scoring import Scorer
from service.web.http import caller, cross_origin, provenance, traffic
from service.web.wire import body
from service.web.wire.body import NotJson

log = structlog.get_logger(__name__)

bp = Blueprint("openai", __name__)
traffic.measure(bp)
cross_origin.register(bp)

MOST = 1024 * 1024
MOST_TEXTS = 100
LONGEST = 64 * 1024
UNKNOWN_MODEL = "folkmoot"


class Wrong(Exception):
    """A request is invalid; the protocol names one parameter."""

    def __init__(self, message: str, param: str = "input") -> None:
        super().__init__(param)
        self.message, self.param = message, param


@bp.post("/v1/moderations")
def post_moderation() -> Response:
    """Judge texts."""
    body.allow(MOST)
    token = caller.bearer()
    caller.analyst().keyring.find(token, Scope.ANALYZE)
    texts = _texts(body.json_object().get("input"))
    key = caller.admit(token, len(texts))
    judged = moderation.judge(caller.analyst(), key, texts)
    scorer = caller.analyst().scorer(key)
    answer = {
        "id": f"modr-{caller.core().random(12).hex()}",
        "model": _model(scorer),
        "results": [_result(text.categories) for text in judged],
    }
    response = Response(json.dumps(answer), content_type="application/json")
    depths = [text.depth for text in judged]
    return provenance.tell(response, scorer, _substituted(judged), depths)


def _texts(given: Any) -> list[str]:
    """Read one text, several, or the parts of one.

    :raises Wrong: it is none of these, or too much.
    """
    if isinstance(given, str):
        return [_text(given)]
    if not isinstance(given, list) or not given:
        raise Wrong("'input' must be a text or a list that is not empty.")
    if len(given) > MOST_TEXTS:
        raise Wrong(f"'input' may have {MOST_TEXTS} texts at most.")
    if all(isinstance(part, str) for part in given):
        return [_text(part) for part in given]
    return [_text("\n\n".join(_part(part) for part in given))]


def _part(part: Any) -> str:
    text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
    if not isinstance(text, str):
        raise Wrong("Only parts of type 'text' are judged here.")
    return text


def _text(given: str) -> str:
    if len(given) > LONGEST:
        raise Wrong(f"A text may have {LONGEST} characters at most.")
    return body.text_of(given)


def _result(categories: Mapping[str, Category]) -> dict[str, Any]:
    return {
        "flagged": any(category.is_flagged for category in categories.values()),
        "categories": {name: category.is_flagged for name, category in categories.items()},
        "category_scores": {name: category.score for name, category in categories.items()},
        "category_applied_input_types": {
            name: ["text"] if category.is_judged else [] for name, category in categories.items()
        },
    }


def _substituted(judged: Sequence[JudgedText]) -> list[str]:
    named = {
        name
        for text in judged
        for name, category in text.categories.items()
        if category.is_substitute
    }
    return sorted(named)


def _model(scorer: Scorer) -> str:
    try:
        return scorer.model
    except NotScored:
        return UNKNOWN_MODEL


def error(
    status: int, message: str, kind: str, code: str | None = None, param: str | None = None
) -> Response:
    """Return an error body as OpenAI's service does."""
    fault = {"message": message, "type": kind, "param": param, "code": code}
    return Response(json.dumps({"error": fault}), status, content_type="application/json")


@bp.errorhandler(Wrong)
def _wrong(wrong: Wrong) -> Response:
    return error(HTTPStatus.BAD_REQUEST, wrong.message, "invalid_request_error", None, wrong.param)


@bp.errorhandler(NotJson)
def _not_json(_: NotJson) -> Response:
    message = "We could not parse the JSON body of your request."
    return error(HTTPStatus.BAD_REQUEST, message, "invalid_request_error")


@bp.errorhandler(KeyRefused)
def _bad_key(_: KeyRefused) -> Response:
    message = "Incorrect API key provided: it is missing, not one of ours, or revoked."
    code = "invalid_api_key"
    return error(HTTPStatus.UNAUTHORIZED, message, "invalid_request_error", code)


@bp.errorhandler(ScopeMissing)
def _other_key(_: ScopeMissing) -> Response:
    message = "This API key is not for analysis."
    return error(HTTPStatus.FORBIDDEN, message, "insufficient_permissions")


@bp.errorhandler(TooMany)
def _too_many(busy: TooMany) -> Response:
    seconds = max(1, round(busy.retry_after))
    message = f"Rate limit reached for this API key. Please try again in {seconds} s."
    code = "rate_limit_exceeded"
    answer = error(HTTPStatus.TOO_MANY_REQUESTS, message, "requests", code)
    answer.headers["Retry-After"] = str(seconds)
    return answer


@bp.errorhandler(HTTPException)
def _http(wrong: HTTPException) -> Response:
    return error(wrong.code or 500, wrong.description or wrong.name, "invalid_request_error")


@bp.errorhandler(DomainError)
@bp.errorhandler(Exception)
def _broken(wrong: Exception) -> Response:
    log.exception("unforeseen", error=type(wrong).__name__)
    message = "The server had an error while processing your request."
    return error(HTTPStatus.INTERNAL_SERVER_ERROR, message, "server_error")
