"""Checks of requests: some for every caller, some only for strict ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.analysis import attributes, refusals
from service.analysis.refusals import LIMIT
from service.scoring import Scorer, Scores

__all__ = ["LIMIT", "UNDETECTED", "AnalysisRequest", "check", "check_text", "insist", "size"]

UNDETECTED = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisRequest:
    """A text, the requested attributes with their thresholds, and the score for unscored texts.

    With `drops_unsupported`, attributes that the text's language lacks are left out.
    """

    text: str
    requested: Mapping[str, float | None]
    languages: tuple[str, ...] = ()
    by_sentence: bool = False
    is_lenient: bool = False
    drops_unsupported: bool = False
    unscored: float = 1.0


def check(request: AnalysisRequest) -> None:
    """Check a request for every caller.

    An unknown attribute among known ones is an error for strict callers alone.

    :raises RequestRefused: the text is empty or too long, or an attribute is unknown.
    """
    check_text(request.text, is_lenient=request.is_lenient)
    if not request.requested:
        raise refusals.nothing_requested()
    unknown = [name for name in request.requested if not attributes.is_known(name)]
    may_stand_in = request.is_lenient and len(unknown) < len(request.requested)
    for name in unknown:
        if not (may_stand_in and attributes.may_be_one(name)):
            raise refusals.unknown_attribute(name)


def check_text(text: str, *, is_lenient: bool = False) -> None:
    """Check that a text is not empty and, for strict callers, not too long.

    :raises RequestRefused: it is empty or too long.
    """
    if not text.strip():
        raise refusals.empty()
    if not is_lenient and (bytes_ := size(text)) > LIMIT:
        raise refusals.too_long(bytes_)


def size(text: str) -> int:
    """Count the bytes of a text that may be too long; 0 if it certainly is not."""
    # A character has at most four bytes, so most texts need not be encoded.
    return len(text.encode("utf-8", "replace")) if len(text) * 4 > LIMIT else 0


def insist(scorer: Scorer, request: AnalysisRequest, scores: Scores, detected: str) -> None:
    """Check for strict callers that every requested attribute has a score.

    :raises RequestRefused: an attribute has no score, or none in this language.
    """
    for name in request.requested:
        if not attributes.is_scored(name):
            raise refusals.unknown_attribute(name)
    scored = scorer.languages
    foreign = [code for code in request.languages if code.lower().partition("-")[0] not in scored]
    if foreign:
        raise refusals.unsupported(
            next(iter(request.requested)), foreign, [detected], request.languages
        )
    for name in request.requested:
        if attributes.value(scores, name) is None:
            if detected == UNDETECTED:
                raise refusals.undetected()
            raise refusals.unsupported(name, [detected], [detected], request.languages)
