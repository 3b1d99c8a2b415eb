"""Score a text as Perspective does: which attributes, in which language, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.analysis import attributes, spans
from service.analysis.strictness import LIMIT, UNDETECTED, Wish, check, insist, size
from service.domain.errors import NotScored
from service.scoring import Scorer, Scores


@dataclass(frozen=True, slots=True)
class SpanScore:
    """The score of a stretch of the text, whose place is counted in UTF-16."""

    begin: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class Attribute:
    """What one attribute came to."""

    value: float
    spans: tuple[SpanScore, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The attributes that passed their thresholds, and the language that we read."""

    attributes: Mapping[str, Attribute]
    detected: str


def analyze(scorer: Scorer, wish: Wish) -> Analysis:
    """Score a text.

    :raises Refused: it is empty or too long, or (strictly) something has no score.
    :raises NotScored: there is no classifier.
    """
    check(wish)
    scores, detected = _scores(scorer, wish)
    if not wish.is_lenient:
        insist(scorer, wish, scores, detected)
    values = {name: _value(scores, name, wish.unscored) for name in wish.requested}
    shown = {name: value for name, value in values.items() if _passes(wish, name, value)}
    return Analysis(_located(scorer, wish, shown), detected)


def _scores(scorer: Scorer, wish: Wish) -> tuple[Scores, str]:
    """Score the text and name its language.

    To the lenient a text without end, or a classifier that is broken, is one that has no scores:
    they would publish what they get an error for.
    """
    if size(wish.text) > LIMIT:
        return {}, UNDETECTED
    try:
        return scorer.score([wish.text])[0], scorer.language(wish.text)
    except NotScored:
        if wish.is_lenient:
            return {}, UNDETECTED
        raise


def _value(scores: Scores, name: str, unscored: float) -> float:
    found = attributes.value(scores, name)
    return attributes.stand_in(scores, name, unscored) if found is None else found


def _passes(wish: Wish, name: str, value: float) -> bool:
    threshold = wish.requested[name]
    return threshold is None or value > threshold


def _located(scorer: Scorer, wish: Wish, values: Mapping[str, float]) -> dict[str, Attribute]:
    """Say where the scores are: sentence by sentence, or the text as a whole."""
    place = spans.in_utf16(wish.text)
    wanted = wish.by_sentence and values and size(wish.text) <= LIMIT
    found = spans.sentences(wish.text) if wanted else []
    if len(found) < 2:
        end = place(len(wish.text))
        return {
            name: Attribute(value, (SpanScore(0, end, value),)) for name, value in values.items()
        }
    parts = _parts(scorer, [wish.text[begin:end] for begin, end in found])
    return {
        name: Attribute(
            value,
            tuple(
                SpanScore(place(begin), place(end), _part(scores, name, value))
                for (begin, end), scores in zip(found, parts, strict=True)
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
    # A few words may look like another language; then the whole text speaks for them.
    found = attributes.value(scores, name)
    return whole if found is None else found
