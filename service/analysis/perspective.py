"""Scores of a text as Perspective gives them: by attribute, with language and spans."""

from collections.abc import Mapping, Sequence
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
from service.domain.errors import DomainError, NotScored
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
    """The attributes that passed their thresholds, the detected language, and how it was read.

    `substituted` names those whose number stands in for a score of their own.
    """

    attributes: Mapping[str, AttributeScore]
    detected: str
    depth: Depth = Depth.UNREAD
    substituted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnsweredText:
    """A request with what its text got: scores and language, and the numbers to answer."""

    request: AnalysisRequest
    read: ScoredText
    detected: str
    shown: Mapping[str, float]


def analyze(scorer: Scorer, request: AnalysisRequest) -> Analysis:
    """Score a text.

    :raises RequestRefused: it is empty or too long, or for strict callers lacks a score.
    :raises NotScored: there is no classifier.
    """
    [outcome] = analyze_all(scorer, [request])
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def analyze_all(
    scorer: Scorer, requests: Sequence[AnalysisRequest]
) -> list[Analysis | DomainError]:
    """Score several texts together; return for each its analysis, or why it has none."""
    outcomes: dict[int, Analysis | DomainError] = {}
    sound: dict[int, AnalysisRequest] = {}
    for place, request in enumerate(requests):
        try:
            check(request)
            sound[place] = request
        except DomainError as refused:
            outcomes[place] = refused
    scored: dict[int, AnsweredText] = {}
    rows = _read(scorer, list(sound.values()))
    for (place, request), row in zip(sound.items(), rows, strict=True):
        try:
            scored[place] = _answered(scorer, request, row)
        except DomainError as refused:
            outcomes[place] = refused
    outcomes |= zip(scored, _located(scorer, list(scored.values())), strict=True)
    return [outcomes[place] for place in range(len(requests))]


def _read(scorer: Scorer, requests: Sequence[AnalysisRequest]) -> list[ScoredText | None]:
    """Read the texts that are not too long; None for each without a classifier."""
    short = [request for request in requests if size(request.text) <= LIMIT]
    texts = [request.text for request in short]
    try:
        read = iter(scorer.read(texts, _named(short)) if short else [])
    except NotScored:
        return [None for _ in requests]
    return [next(read) if size(request.text) <= LIMIT else UNREAD for request in requests]


def _answered(scorer: Scorer, request: AnalysisRequest, row: ScoredText | None) -> AnsweredText:
    """Find the number for each requested attribute.

    For lenient callers a text that is too long, or a broken classifier, means no scores: on an
    error they would publish the text.
    """
    if row is None and not request.is_lenient:
        raise NotScored
    read = row or UNREAD
    scores = read.scores
    detected = _language(scorer, request) if scores else UNDETECTED
    supported = [name for name in request.requested if attributes.value(scores, name) is not None]
    wanted = supported if request.drops_unsupported and supported else list(request.requested)
    if not request.is_lenient and wanted is not supported:
        insist(scorer, request, scores, detected)
    values = {name: _value(scores, name, request.unscored) for name in wanted}
    shown = {name: value for name, value in values.items() if _passes(request, name, value)}
    return AnsweredText(request, read, detected, shown)


def _language(scorer: Scorer, request: AnalysisRequest) -> str:
    try:
        return scorer.language(request.text)
    except NotScored:
        return UNDETECTED


def _named(requests: Sequence[AnalysisRequest]) -> list[str]:
    return [languages.only(request.languages) for request in requests]


def _value(scores: Scores, name: str, unscored: float) -> float:
    score = attributes.value(scores, name)
    return attributes.stand_in(scores, name, unscored) if score is None else score


def _passes(request: AnalysisRequest, name: str, value: float) -> bool:
    threshold = request.requested[name]
    return threshold is None or value > threshold


def _located(scorer: Scorer, scored: Sequence[AnsweredText]) -> list[Analysis]:
    """Add spans to the scores: one per sentence, or one for the whole text."""
    sentences = [_sentences(text) for text in scored]
    parts = [
        (text.request, text.request.text[begin:end])
        for text, places in zip(scored, sentences, strict=True)
        for begin, end in places
    ]
    rows = iter(_parts(scorer, parts))
    return [
        Analysis(
            _spans(text, places, [next(rows) for _ in places]),
            text.detected,
            text.read.depth,
            tuple(name for name in text.shown if attributes.is_substitute(text.read.scores, name)),
        )
        for text, places in zip(scored, sentences, strict=True)
    ]


def _sentences(scored: AnsweredText) -> list[tuple[int, int]]:
    """Return the places of the sentences to score, none if the whole text is one span."""
    request = scored.request
    is_split = request.by_sentence and scored.shown and size(request.text) <= LIMIT
    places = spans.sentences(request.text) if is_split else []
    return places if len(places) > 1 else []


def _parts(scorer: Scorer, parts: Sequence[tuple[AnalysisRequest, str]]) -> list[Scores]:
    if not parts:
        return []
    try:
        named = _named([request for request, _ in parts])
        return scorer.score([text for _, text in parts], named)
    except NotScored:
        return [{} for _ in parts]


def _spans(
    scored: AnsweredText, places: Sequence[tuple[int, int]], rows: Sequence[Scores]
) -> dict[str, AttributeScore]:
    text = scored.request.text
    place = spans.in_utf16(text)
    whole = [(0, len(text))], [scored.read.scores]
    begun, parts = (places, rows) if places else whole
    return {
        name: AttributeScore(
            value,
            tuple(
                SpanScore(place(begin), place(end), _part(part, name, value) if places else value)
                for (begin, end), part in zip(begun, parts, strict=True)
            ),
        )
        for name, value in scored.shown.items()
    }


def _part(scores: Scores, name: str, whole: float) -> float:
    # A few words may look like another language; then the score of the whole text is used.
    score = attributes.value(scores, name)
    return whole if score is None else score
