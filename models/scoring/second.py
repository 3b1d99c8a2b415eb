"""The second reading: an encoder's margins, mixed with the log odds of the linear model."""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from models.encoding.encoder import Encoder
from models.reading.span import Span
from models.scoring.odds import Odds

LINEAR_LIMIT: Final = 8.0
ENCODER_LIMIT: Final = 9.0
_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How the two readings of one attribute make its log odds.

    They are offset + linear · log odds of the linear model + encoder · margin of the encoder. Both
    readings are limited, so that neither outvotes the other however sure it is.
    """

    offset: float
    linear: float
    encoder: float

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> "Mix":
        """Read a mix from the configuration.

        :raises KeyError: a number is missing.
        :raises ValueError: one is not a finite number.
        """
        numbers = [float(described[name]) for name in ("offset", "linear", "encoder")]
        if not all(map(math.isfinite, numbers)):
            raise ValueError(f"a mix of {numbers}")
        offset, linear, encoder = numbers
        return cls(offset=offset, linear=linear, encoder=encoder)

    def odds(self, linear: float, encoder: float) -> float:
        """Return the log odds for those of the linear model and the margin of the encoder."""
        first, second = _limited(linear, LINEAR_LIMIT), _limited(encoder, ENCODER_LIMIT)
        return self.offset + self.linear * first + self.encoder * second


@dataclass(frozen=True, slots=True)
class SplitOdds:
    """Log odds, split into a constant part and spans that are added to it."""

    baseline: float
    spans: Sequence[Span]

    @property
    def total(self) -> float:
        """The log odds."""
        return self.baseline + sum(span.contribution for span in self.spans)

    def within(self, limit: float, whole: Span) -> "SplitOdds":
        """Return one of limited log odds; what is cut off them is a span of the whole text."""
        rest = _limited(self.total, limit) - self.total
        cut = [Span(whole.start, whole.end, rest)] if rest else []
        return SplitOdds(self.baseline, [*self.spans, *cut])

    def times(self, weight: float) -> "SplitOdds":
        """Return one of weighted log odds."""
        spans = [Span(s.start, s.end, s.contribution * weight) for s in self.spans]
        return SplitOdds(self.baseline * weight, spans)


SILENCE: Final = SplitOdds(0.0, ())


class SecondReading:
    """Reads texts of one language with an encoder, and corrects what the linear model found."""

    def __init__(self, encoder: Encoder, mixes: Mapping[str, Mix]) -> None:
        """Use one mix for each attribute that is read twice.

        :raises ValueError: the encoder has no head for one of them.
        """
        if strange := mixes.keys() - set(encoder.attributes):
            raise ValueError(f"the encoder has no head for {min(strange)}")
        self._encoder = encoder
        self._mixes = dict(mixes)
        self._heads = {name: encoder.attributes.index(name) for name in mixes}

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that are read twice."""
        return tuple(self._mixes)

    def odds(self, texts: Sequence[str], first: Sequence[Odds]) -> list[Odds]:
        """Return the log odds of texts as they were written, given those of the first reading.

        Attributes without a mix keep their log odds; one without a first reading has 0 there. What
        the encoder has not read it cannot excuse: of a very long text the higher log odds count.
        """
        margins = self._encoder.margins(texts).tolist()
        return [
            before | self._mixed(text, before, row)
            for text, before, row in zip(texts, first, margins, strict=True)
        ]

    def _mixed(self, text: str, first: Odds, margins: Sequence[float]) -> Odds:
        mixed = {
            name: mix.odds(first.get(name, 0.0), margins[self._heads[name]])
            for name, mix in self._mixes.items()
        }
        if self._encoder.covers(text):
            return mixed
        return {name: max(odds, first.get(name, odds)) for name, odds in mixed.items()}

    def explain(self, text: str, attribute: str, first: SplitOdds) -> SplitOdds:
        """Split the log odds of an attribute into what the words of a text add.

        The pieces of a word are added to the span that the first reading gave to it.
        """
        if self._counts_alone(text, attribute, first):
            return first
        mix = self._mixes[attribute]
        whole = Span(0, len(text), 0.0)
        read = SplitOdds(self._encoder.baseline(attribute), self._encoder.explain(text, attribute))
        before = first.within(LINEAR_LIMIT, whole).times(mix.linear)
        after = read.within(ENCODER_LIMIT, whole).times(mix.encoder)
        return SplitOdds(
            mix.offset + before.baseline + after.baseline,
            joined(text, before.spans, after.spans),
        )

    def _counts_alone(self, text: str, attribute: str, first: SplitOdds) -> bool:
        """Say whether the first reading counts alone, as its log odds are higher."""
        if first is SILENCE or self._encoder.covers(text):
            return False
        [margins] = self._encoder.margins([text]).tolist()
        odds = self._mixes[attribute].odds(first.total, margins[self._heads[attribute]])
        return first.total > odds


def joined(text: str, words: Iterable[Span], pieces: Iterable[Span]) -> list[Span]:
    """Add each piece to the word in which it begins.

    That is one of `words`, or what stands between two spaces; a piece as long as the text is not
    in any word.
    """
    totals: dict[tuple[int, int], float] = defaultdict(float)
    for word in words:
        totals[word.start, word.end] += word.contribution
    whole = (0, len(text))
    given = sorted(place for place in totals if place != whole)
    others = [match.span() for match in _WORD.finditer(text)]
    for piece in pieces:
        place = (piece.start, piece.end)
        if place != whole:
            place = _around(piece.start, given) or _around(piece.start, others) or place
        totals[place] += piece.contribution
    return [Span(start, end, total) for (start, end), total in sorted(totals.items())]


def _around(offset: int, places: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the last of sorted places that begins at or before an offset, if it reaches it."""
    nearest = bisect_right(places, (offset, math.inf)) - 1
    if nearest >= 0 and places[nearest][1] > offset:
        return places[nearest]
    return None


def _limited(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
