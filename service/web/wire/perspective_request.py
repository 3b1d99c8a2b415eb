"""Requests of Perspective's clients: proto3 JSON, so fields are camelCase or snake_case."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from service.analysis.markup import plain
from service.analysis.refusals import RequestRefused
from service.analysis.strictness import AnalysisRequest, check_text
from service.domain.label import MOST_SCORES, Label
from service.web.wire.body import text_of

Kind = TypeVar("Kind")

NAMES: dict[type, str] = {str: "TYPE_STRING", dict: "TYPE_MESSAGE", list: "TYPE_LIST"}
TYPES = ("PLAIN_TEXT", "HTML", "TEXT_TYPE_UNSPECIFIED")
SCORE_TYPES = ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED")
MOST_ATTRIBUTES = 64
LONGEST_TOKEN = 512


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """A request for scores, with the token that the answer repeats."""

    wish: AnalysisRequest
    token: str


def read_request(body: Mapping[str, Any], *, is_lenient: bool, unscored: float) -> ScoreRequest:
    """Read a request for scores.

    :raises RequestRefused: it is malformed.
    """
    _check_context(_field(body, "context", dict))
    wish = AnalysisRequest(
        text=_text(_field(body, "comment", dict), is_lenient=is_lenient),
        requested=_requested(_field(body, "requestedAttributes", dict)),
        languages=_languages(body),
        by_sentence=_flag(body, "spanAnnotations"),
        is_lenient=is_lenient,
        drops_unsupported=_flag(body, "dropUnsupportedAttributes"),
        unscored=unscored,
    )
    return ScoreRequest(wish, _token(body, "clientToken"))


def read_suggestion(body: Mapping[str, Any]) -> Label:
    """Read a correction of scores.

    :raises RequestRefused: it is malformed.
    """
    _check_context(_field(body, "context", dict))
    scores = _field(body, "attributeScores", dict)
    if not scores:
        raise RequestRefused("Missing attribute_scores")
    text = _text(_field(body, "comment", dict), is_lenient=True)
    check_text(text)
    return Label(
        community=_token(body, "communityId"),
        token=_token(body, "clientToken"),
        text=text,
        scores={text_of(name)[:100]: _suggestion(name, scores) for name in _few(scores)},
        languages=_languages(body),
    )


def _few(by_name: Mapping[str, Any]) -> list[str]:
    if len(by_name) > min(MOST_ATTRIBUTES, MOST_SCORES):
        raise RequestRefused("Too many attributes")
    return list(by_name)


def _suggestion(name: str, scores: Mapping[str, Any]) -> float:
    summary = _field(_field(scores, name, dict), "summaryScore", dict)
    value = _number(summary, "value")
    if value is None:
        raise RequestRefused(f"Missing summary_score of attribute {name}")
    return value


def _requested(by_name: Mapping[str, Any]) -> dict[str, float | None]:
    return {name: _threshold(name, _field(by_name, name, dict)) for name in _few(by_name)}


def _threshold(name: str, parameters: Mapping[str, Any]) -> float | None:
    type_ = _field(parameters, "scoreType", str)
    if type_ and type_ not in SCORE_TYPES:
        raise RequestRefused(f"Requested score type {type_} is not supported by attribute {name}")
    return _number(parameters, "scoreThreshold")


def _text(comment: Mapping[str, Any], *, is_lenient: bool) -> str:
    text, type_ = text_of(_field(comment, "text", str)), _field(comment, "type", str)
    if type_ and type_ not in TYPES:
        raise RequestRefused("Unknown text type")
    if type_ == "HTML" and not is_lenient:
        raise RequestRefused("Currently, only 'PLAIN_TEXT' comments are supported")
    return plain(text) if type_ == "HTML" else text


def _check_context(context: Mapping[str, Any]) -> None:
    if _raw(context, "entries") and _raw(context, "articleAndParentComment"):
        raise RequestRefused(
            "Context can have either entries or article_and_parent_comment, "
            "but both fields were populated."
        )


def _languages(body: Mapping[str, Any]) -> tuple[str, ...]:
    codes = _field(body, "languages", list)
    if not all(isinstance(code, str) for code in codes):
        raise _wrong("languages", str)
    return tuple(text_of(code)[:35] for code in codes[:32] if code)


def _token(body: Mapping[str, Any], name: str) -> str:
    return text_of(_field(body, name, str))[:LONGEST_TOKEN]


def _number(message: Mapping[str, Any], name: str) -> float | None:
    value = _raw(message, name)
    if value is None:
        return None
    try:
        number = math.nan if isinstance(value, (bool, list, dict)) else float(value)
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise RequestRefused(f"Invalid value at '{_snake(name)}' (TYPE_FLOAT)", type_=None)
    return number


def _field(message: Mapping[str, Any], name: str, kind: type[Kind]) -> Kind:
    value = _raw(message, name)
    # PHP writes an object without members as an empty list.
    if value is None or (kind is dict and value == []):
        return kind()
    if not isinstance(value, kind):
        raise _wrong(name, kind)
    return value


def _flag(message: Mapping[str, Any], name: str) -> bool:
    value = _raw(message, name)
    return value.strip().lower() == "true" if isinstance(value, str) else bool(value)


def _raw(message: Mapping[str, Any], name: str) -> Any:
    value = message.get(name)
    return message.get(_snake(name)) if value is None else value


def _wrong(name: str, kind: type) -> RequestRefused:
    return RequestRefused(f"Invalid value at '{_snake(name)}' ({NAMES[kind]})", type_=None)


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name)
