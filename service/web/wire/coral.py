"""Coral's external moderation phase: a signed request, answered with a status and flags."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from service.analysis import coral
from service.domain.errors import Fault, Invalid, TooMany
from service.web.http import caller, provenance, traffic
from service.web.wire import body
from service.web.wire.body import NotJson

bp = Blueprint("coral", __name__)
traffic.measure(bp)

MOST = 1024 * 1024


@bp.post("/coral/moderate")
def post_comment() -> Response:
    """Return what to do with a comment; 204 lets it pass."""
    body.allow(MOST)
    analyst, sent = caller.analyst(), request.get_data(cache=True)
    key = coral.signer(analyst, sent, request.headers.get("X-Coral-Signature", ""))
    text = _text()
    try:
        analyst.charge(key)
    except TooMany:
        # An error would publish the comment, so with the quota used up it waits for a person.
        return decision(coral.WAITS)
    chosen = decision(coral.answer(analyst, key, text, _story()))
    return provenance.tell(chosen, analyst.scorer(key))


def _story() -> str:
    story = body.json_object().get("story")
    url = story.get("url") if isinstance(story, dict) else None
    return body.text_of(url) if isinstance(url, str) else ""


def _text() -> str:
    try:
        comment = body.json_object().get("comment")
    except NotJson:
        raise Invalid(Fault("", "not-json", "The body is not a JSON object.")) from None
    text = comment.get("body") if isinstance(comment, dict) else None
    if text is not None and not isinstance(text, str):
        raise Invalid(Fault("comment.body", "string-type", "This must be a text."))
    if not isinstance(comment, dict):
        raise Invalid(Fault("comment", "missing", "There must be a comment."))
    return body.text_of(text or "")


def decision(chosen: Mapping[str, Any]) -> Response:
    """Return what Coral should do with a comment; nothing lets it pass."""
    if not chosen:
        return Response(status=204)
    return Response(json.dumps(chosen), content_type="application/json")
