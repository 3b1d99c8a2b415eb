"""One language of a model: reading, scoring, calibration and explanation."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.features.signs import signs_of
from models.reading.draft import TextDraft
from models.reading.lexicon import MOST_USUAL
from models.reading.reader import TextReader
from models.reading.span import Span
from models.scoring.explanation import per_character, spans_of
from models.scoring.heads import Heads, LinearScorer
from models.scoring.odds import Odds
from models.scoring.windows import Windows


class LanguageModel:
    """Scores texts of one language."""

    def __init__(self, heads: Heads, reader: TextReader, described: Mapping[str, Any]) -> None:
        """Use the heads and the configuration that training wrote for this language."""
        self.attributes: tuple[str, ...] = tuple(described["attributes"])
        self.reader = reader
        self.scorer = LinearScorer(heads)
        self.uses_signs = bool(heads.signs.any())
        self.windows = Windows(**described["windows"])
        self.slopes = np.array([described["platt"][name][0] for name in self.attributes])
        self.offsets = np.array([described["platt"][name][1] for name in self.attributes])

    def learn(self, words: Sequence[str]) -> None:
        """Read and hash these words in advance, alone and at the end of a clause."""
        ended = (f"{word}{sign}" for word in words[:MOST_USUAL] for sign in ".,")
        draft = TextDraft(" ".join([*words, *ended]))
        self.reader.read(draft)
        self.scorer.learn(draft.text.split())

    def odds(self, drafts: Sequence[TextDraft], sources: Sequence[str]) -> list[Odds]:
        """Return the log odds of folded drafts; `sources` are the original texts."""
        odds = self.margins(drafts)
        if self.uses_signs:
            odds += signs_of(sources) @ self.scorer.heads.signs
        odds *= self.slopes
        odds += self.offsets
        return [dict(zip(self.attributes, row, strict=True)) for row in odds.tolist()]

    def explain(self, draft: TextDraft, source: str, attribute: str) -> list[Span]:
        """Split the score of one traced draft into spans."""
        head = self.attributes.index(attribute)
        self.reader.read(draft)
        shares = per_character(self.scorer, draft.text, head)
        stretches = self.windows.cut(draft.text)
        pieces = [f" {draft.text[start:end].strip()} " for start, end in stretches]
        margins = self.scorer.margins([draft.text, *pieces])[:, head]
        worst = int(margins.argmax())
        if worst:
            start = stretches[worst - 1][0]
            start += draft.text[start] != " " and -1
            part = per_character(self.scorer, pieces[worst - 1], head)
            shares *= 1 - self.windows.share
            shares[max(start, 0) : start + len(part)] += self.windows.share * part[-min(start, 0) :]
        spans = spans_of(draft, source, shares * self.slopes[head])
        signs = float(signs_of([source])[0] @ self.scorer.heads.signs[:, head] * self.slopes[head])
        return [*spans, Span(0, len(source), signs)] if signs else spans

    def baseline(self, attribute: str) -> float:
        """Return the log odds of a text without words."""
        head = self.attributes.index(attribute)
        return float(self.scorer.heads.biases[head] * self.slopes[head] + self.offsets[head])

    def margins(self, drafts: Sequence[TextDraft]) -> NDArray[np.float64]:
        """Return the margins of whole texts, raised by those of their worst pieces."""
        texts: list[str] = []
        pieces: list[tuple[int, str]] = []
        for place, draft in enumerate(drafts):
            self.reader.read(draft)
            texts.append(draft.text)
            for start, end in self.windows.cut(draft.text):
                pieces.append((place, f" {draft.text[start:end].strip()} "))
        margins = self.scorer.margins([*texts, *(piece for _, piece in pieces)]).astype(np.float64)
        if not pieces:
            return margins
        whole, parts = margins[: len(texts)], margins[len(texts) :]
        worst = whole.copy()
        np.maximum.at(worst, np.array([place for place, _ in pieces]), parts)
        return whole + self.windows.share * (worst - whole)
