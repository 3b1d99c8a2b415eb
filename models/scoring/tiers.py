"""The tiers of one language: a linear model, an encoder, or both one after the other."""

from collections.abc import Sequence
from typing import Final

from models.reading.draft import TextDraft
from models.reading.normal_form import fold
from models.scoring.language_model import LanguageModel
from models.scoring.odds import Odds
from models.scoring.second import SILENCE, SecondReading, SplitOdds

FIRST: Final = 1
BOTH: Final = 2
CALM: Final = -4.0
"""In a hurry, a text whose first log odds are all this low is not read again."""


class Tiers:
    """Reads texts of one language; without a linear model its scores are zero-shot."""

    def __init__(self, first: LanguageModel | None, second: SecondReading | None) -> None:
        """Use one tier or both.

        :raises ValueError: there is none.
        """
        if first is None and second is None:
            raise ValueError("a language without any model")
        self.first, self.second = first, second

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that have a score."""
        first = self.first.attributes if self.first else ()
        second = self.second.attributes if self.second else ()
        return tuple(dict.fromkeys((*first, *second)))

    def odds(
        self,
        drafts: Sequence[TextDraft],
        sources: Sequence[str],
        tiers: int = BOTH,
        hurry: bool = False,
    ) -> list[tuple[Odds, int]]:
        """Return the log odds of each text, and the last tier that read it; 0 if none did.

        `drafts` are the folded texts, `sources` the texts as they were written.
        """
        rows: list[Odds] = [{} for _ in sources]
        if self.first:
            rows = self.first.odds(drafts, sources)
        read = [(row, FIRST if self.first else 0) for row in rows]
        if self.second is None or tiers < BOTH:
            return read
        again = [
            place
            for place, row in enumerate(rows)
            if not hurry or self.first is None or max(row.values()) > CALM
        ]
        second = self.second.odds([sources[place] for place in again], [rows[p] for p in again])
        for place, row in zip(again, second, strict=True):
            read[place] = (row, BOTH)
        return read

    def explain(self, text: str, attribute: str) -> SplitOdds:
        """Split the log odds of an attribute into a constant part and what each word adds."""
        first = self._first(text, attribute)
        if self.second is None or attribute not in self.second.attributes:
            return first
        return self.second.explain(text, attribute, first)

    def _first(self, text: str, attribute: str) -> SplitOdds:
        if self.first is None or attribute not in self.first.attributes:
            return SILENCE
        draft = TextDraft(text, traced=True)
        fold(draft)
        spans = self.first.explain(draft, text, attribute)
        return SplitOdds(self.first.baseline(attribute), spans)
