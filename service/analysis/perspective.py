"""Scores of a text as Perspective gives them: by attribute, with language and spans."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.analysis import attributes, spans
from service.analysis.strictness import (
    LIMIT,
    UNDETECTED,
    AnalysisRequest,
    check,
    insist,
    size,
)
from service.domain import languages
from service.domain.errors import NotScored
from service.domain.verdict import Depth
from service.scoring import UNREAD, ScoredText, Scorer, Scores


@dataclass(frozen=True, slots=True)
class SpanScore:
    """The score of a span of the text, counted in UTF-16 units."""

    begin: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class AttributeScore:
    """The score of one attribute, with its spans."""

    value: float
    spans: tuple[SpanScore, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The attributes that passed their thresholds, the detected language, and how it was read."""

    attributes: Mapping[str, AttributeScore]
    detected: str
    depth: Depth


def analyze(scorer: Scorer, request: AnalysisRequest) -> Analysis:
    """Score a text.

    :raises RequestRefused: it is empty or too long, or for strict callers lacks a score.
    :raises NotScored: there is no classifier.
    """
    check(request)
    scorer = scorer.naming(languages.only(request.languages))
    read, detected = _read(scorer, request)
    scores = read.scores
    if not request.is_lenient:
        insist(scorer, request, scores, detected)
    values = {name: _value(scores, name, request.unscored) for name in request.requested}
    shown = {name: value for name, value in values.items() if _passes(request, name, value)}
    return Analysis(_located(scorer, request, shown), detected, read.depth)


def _read(scorer: Scorer, request: AnalysisRequest) -> tuple[ScoredText, str]:
    """Score the text and detect its language.

    For lenient callers a text that is too long, or a broken classifier, means no scores: on an
    error they would publish the text.
    """
    if size(request.text) > LIMIT:
        return UNREAD, UNDETECTED
    try:
        return scorer.read([request.text])[0], scorer.language(request.text)
    except NotScored:
        if request.is_lenient:
            return UNREAD, UNDETECTED
        raise


def _value(scores: Scores, name: str, unscored: float) -> float:
    score = attributes.value(scores, name)
    return attributes.stand_in(scores, name, unscored) if score is None else score


def _passes(request: AnalysisRequest, name: str, value: float) -> bool:
    threshold = request.requested[name]
    return threshold is None or value > threshold


def _located(
    scorer: Scorer, request: AnalysisRequest, values: Mapping[str, float]
) -> dict[str, AttributeScore]:
    """Add spans to the scores: one per sentence, or one for the whole text."""
    place = spans.in_utf16(request.text)
    is_split = request.by_sentence and values and size(request.text) <= LIMIT
    sentences = spans.sentences(request.text) if is_split else []
    if len(sentences) < 2:
        end = place(len(request.text))
        return {
            name: AttributeScore(value, (SpanScore(0, end, value),))
            for name, value in values.items()
        }
    parts = _parts(scorer, [request.text[begin:end] for begin, end in sentences])
    return {
        name: AttributeScore(
            value,
            tuple(
                SpanScore(place(begin), place(end), _part(scores, name, value))
                for (begin, end), scores in zip(sentences, parts, strict=True)
            ),
        )
        for name, value in values.items()
    }


def _parts(scorer: Scorer, texts: list[str]) -> list[Scores]:
    try:
        return scorer.score(texts)
    except NotScored:
        return [{} for _ in texts]


def _part(scores: Scores, name: str, whole: float) -> float:
    # A few words may look like another language; then the score of the whole text is used.
    score = attributes.value(scores, name)
    return whole if score is None else score
