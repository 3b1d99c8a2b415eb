"""The toxicity service of Discourse: percentages, under the names of Detoxify."""

import json
from typing import Final

from flask import Blueprint, Response, request

from service.analysis import attributes
from service.domain.errors import Fault, Invalid, NotScored
from service.domain.key import ApiKey
from service.scoring import UNREAD, ScoredText, Scorer, Scores
from service.web.http import caller, provenance, traffic
from service.web.wire import body
from service.web.wire.body import NotJson

bp = Blueprint("discourse", __name__)
traffic.measure(bp)

LABELS: Final = {
    "toxicity": "TOXICITY",
    "severe_toxicity": "SEVERE_TOXICITY",
    "obscene": "OBSCENE",
    "identity_attack": "IDENTITY_ATTACK",
    "insult": "INSULT",
    "threat": "THREAT",
    "sexual_explicit": "SEXUALLY_EXPLICIT",
}
# The names of Detoxify's models, which its settings offer. The service has others, of moods.
MODELS: Final = ("", "unbiased", "multilingual", "original")


@bp.post("/api/v1/classify")
def post_classification() -> Response:
    """Score a post; what has no score is answered as for Perspective's lenient clients."""
    key = caller.admit(request.headers.get("X-API-KEY", "") or caller.bearer())
    scorer = caller.analyst().scorer(key)
    read = _read(scorer, _content())
    scores = read.scores
    answer = {label: _percent(key, scores, name) for label, name in LABELS.items()}
    response = Response(json.dumps(answer), content_type="application/json")
    substituted = [
        label for label, name in LABELS.items() if attributes.value(scores, name) is None
    ]
    return provenance.tell(response, scorer, substituted, [read.depth])


def _content() -> str:
    try:
        sent = body.json_object()
    except NotJson:
        raise Invalid(Fault("", "not-json", "The body is not a JSON object.")) from None
    content = sent.get("content")
    if not isinstance(content, str):
        raise Invalid(Fault("content", "string-type", "This must be a text."))
    if (sent.get("model") or "") not in MODELS:
        raise Invalid(Fault("model", "unknown", "Only the models for toxicity are served here."))
    return body.text_of(content)


def _read(scorer: Scorer, text: str) -> ScoredText:
    try:
        return scorer.read([text])[0]
    except NotScored:
        return UNREAD


def _percent(key: ApiKey, scores: Scores, name: str) -> int:
    score = attributes.value(scores, name)
    number = attributes.stand_in(scores, name, key.unscored) if score is None else score
    return round(100 * number)
