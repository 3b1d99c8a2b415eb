"""One call of Perspective's methods, alone in a request or as a part of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response
from werkzeug.datastructures import Headers

from service.analysis import corrections
from service.analysis.perspective import Analysis
from service.domain.key import ApiKey, Manner
from service.web.http import caller, credentials
from service.web.wire import body, perspective_answer
from service.web.wire.perspective_errors import KeyMissing
from service.web.wire.perspective_request import ScoreRequest, read_request, read_suggestion


@dataclass(frozen=True, slots=True)
class AdmittedCall:
    """A request for scores, with the key that was charged for it."""

    key: ApiKey
    request: ScoreRequest


def token(args: Mapping[str, str], headers: Headers) -> str:
    """Return the key of a call.

    :raises KeyMissing: there is none.
    """
    shown = credentials.shown(args, headers)
    if not shown:
        raise KeyMissing
    return shown


def admit(shown: str, content: bytes) -> AdmittedCall:
    """Charge a key for one text, and read the request.

    :raises NotJson: the body is no JSON object, not even a loosely written one.
    :raises RequestRefused: it is malformed.
    """
    key = caller.admit(shown)
    sent = body.loose_object(content)
    is_lenient = key.manner is not Manner.STRICT
    return AdmittedCall(key, read_request(sent, is_lenient=is_lenient, unscored=key.unscored))


def answer(call: AdmittedCall, analysis: Analysis) -> Response:
    """Return the answer to a request for scores, and have its shadow look too."""
    if (shadow := caller.analyst().shadow) is not None:
        shadow.watch(call.request.wish, analysis)
    return perspective_answer.scores(call.request, analysis)


def correct(shown: str, content: bytes) -> Response:
    """Store a correction of scores; the latest one counts.

    :raises NotJson: the body is no JSON object, not even a loosely written one.
    :raises RequestRefused: it is malformed.
    """
    key = caller.admit(shown)
    label = read_suggestion(body.loose_object(content))
    return perspective_answer.thanks(label, corrections.correct(caller.analyst(), key, label))
