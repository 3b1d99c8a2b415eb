"""Perspective's API: the same paths, fields and errors, with our scores."""

import json
from typing import Any

from flask import Blueprint, Response, request

from service.analysis import corrections
from service.analysis.perspective import Analysis, AttributeScore, analyze
from service.domain.key import ApiKey, Manner
from service.web.http import caller, cross_origin, provenance, traffic
from service.web.wire import body, perspective_errors
from service.web.wire.perspective_errors import KeyMissing
from service.web.wire.perspective_request import ScoreRequest, read_request, read_suggestion

bp = Blueprint("perspective", __name__)
traffic.measure(bp)
cross_origin.register(bp)
perspective_errors.register(bp)

# The longest text that the protocol allows takes 120 KiB when escaped twice; longer ones should
# still get the protocol's own error.
MOST = 1024 * 1024
# Clients that publish a comment if they get an error.
FAILING_OPEN = ("Coral Perspective/",)
SUREST = 0.9999999


@bp.post("/comments:analyze")
@bp.post("/v1alpha1/comments:analyze")
def post_analyze() -> Response:
    """Score a comment; nothing of it is stored, whatever `doNotStore` says."""
    body.allow(MOST)
    analyst = caller.analyst()
    key = caller.admit(_token())
    score_request = read_request(
        body.json_object(), is_lenient=_is_lenient(key), unscored=key.unscored
    )
    scorer = analyst.scorer(key)
    analysis = analyze(scorer, score_request.wish)
    if analysis.depth:
        provenance.declare(scorer.model, [analysis.depth])
    return _json(_answer(score_request, analysis))


@bp.post("/comments:suggestscore")
@bp.post("/v1alpha1/comments:suggestscore")
def post_suggestion() -> Response:
    """Store a correction of scores; the latest one counts."""
    body.allow(MOST)
    analyst = caller.analyst()
    key = caller.admit(_token())
    label = read_suggestion(body.json_object())
    detected = corrections.correct(analyst, key, label)
    answer = {"detectedLanguages": [detected], "requestedLanguages": list(label.languages)}
    return _json(answer | ({"clientToken": label.token} if label.token else {}))


def _token() -> str:
    """Return the request's key, sent in any of Google's ways.

    :raises KeyMissing: there is none.
    """
    token = cross_origin.token()
    if not token:
        raise KeyMissing
    return token


def _is_lenient(key: ApiKey) -> bool:
    if key.manner is Manner.AUTO:
        return request.headers.get("User-Agent", "").startswith(FAILING_OPEN)
    return key.manner is Manner.LENIENT


def _answer(score_request: ScoreRequest, analysis: Analysis) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    if analysis.attributes:
        answer["attributeScores"] = {
            name: _attribute(attribute) for name, attribute in analysis.attributes.items()
        }
    answer["languages"] = list(score_request.wish.languages) or [analysis.detected]
    answer["detectedLanguages"] = [analysis.detected]
    if score_request.token:
        answer["clientToken"] = score_request.token
    return answer


def _attribute(attribute: AttributeScore) -> dict[str, Any]:
    return {
        "spanScores": [
            {"begin": span.begin, "end": span.end, "score": _score(span.value)}
            for span in attribute.spans
        ],
        "summaryScore": _score(attribute.value),
    }


def _score(value: float) -> dict[str, Any]:
    # Exactly 1 means that there is no score (`unscored`), so a real score is never 1.
    return {"value": value if value == 1 else min(round(value, 7), SUREST), "type": "PROBABILITY"}


def _json(answer: dict[str, Any]) -> Response:
    return Response(json.dumps(answer), content_type="application/json; charset=UTF-8")
