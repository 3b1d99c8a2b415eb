"""Answers to Perspective's clients, field by field."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response

from service.analysis.perspective import Analysis, AttributeScore
from service.domain.label import Label
from service.web.http import provenance
from service.web.wire.perspective_request import ScoreRequest

SUREST = 0.9999999


def scores(request: ScoreRequest, analysis: Analysis) -> Response:
    """Return the answer to a request for scores."""
    answer: dict[str, Any] = {}
    if analysis.attributes:
        answer["attributeScores"] = {
            name: _attribute(attribute) for name, attribute in analysis.attributes.items()
        }
    answer["languages"] = list(request.wish.languages) or [analysis.detected]
    answer["detectedLanguages"] = [analysis.detected]
    if request.token:
        answer["clientToken"] = request.token
    return provenance.tell_substituted(_json(answer), analysis.substituted)


def thanks(label: Label, detected: str) -> Response:
    """Return the answer to a correction."""
    answer = {"detectedLanguages": [detected], "requestedLanguages": list(label.languages)}
    return _json(answer | ({"clientToken": label.token} if label.token else {}))


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


def _json(answer: Mapping[str, Any]) -> Response:
    return Response(json.dumps(answer), content_type="application/json; charset=UTF-8")
