"""The encoder of many languages: a frozen network, and heads that were trained on its vectors."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from models.encoding.convolution import REACH, Convolution
from models.encoding.encoder import WORST, Floats
from models.encoding.passage import Sequel
from models.encoding.perceptron import Perceptron
from models.encoding.sentence import SentenceReader
from models.reading.span import Span

MOST_GROUPS: Final = 32  # of words in a text, for an explanation
# What words add alone seldom makes up the whole. Up to this factor they are made to add up.
MOST_STRETCHED: Final = 2.0


class MultilingualEncoder:
    """Reads texts part by part; a margin never depends on other texts of a batch."""

    def __init__(self, reader: SentenceReader, network: Convolution, heads: Perceptron) -> None:
        """Read with this network and these heads what the reader cuts into parts.

        :raises ValueError: the three do not fit together.
        """
        if heads.inputs != network.width or reader.pieces != len(network):
            raise ValueError("pieces, network and heads do not fit together")
        self._reader = reader
        self._network = network
        self._heads = heads
        self._empty = self._margin(reader.read("")[0])

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it has a head for."""
        return self._heads.attributes

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return the margins of texts, of shape (texts, attributes), each read on its own."""
        margins = [self._mixed(self._reader.read(text)) for text in texts]
        return np.array(margins).reshape(len(texts), len(self.attributes))

    def covers(self, text: str) -> bool:
        """Say whether it reads the whole of a text."""
        return self._reader.covers(text)

    def explain(self, text: str, attribute: str) -> list[Span]:
        """Return what each word of a text adds to the margin of an attribute.

        It is measured by leaving the word out; of a long text, neighbouring words are left out
        together. Of several parts, each counts with its share of the mean, the worst one with
        `WORST` more. The last span, of the whole text, holds what is due to no word.
        """
        head = self.attributes.index(attribute)
        parts = self._reader.read(text, traced=True)
        margins = np.array([self._margin(part)[head] for part in parts])
        weights = np.full(len(parts), (1 - WORST) / len(parts))
        weights[int(margins.argmax())] += WORST
        most = max(1, MOST_GROUPS // len(parts))
        spans = [
            Span(span.start, span.end, span.contribution * weight)
            for part, margin, weight in zip(parts, margins, weights, strict=True)
            for span in self._spans(part, float(margin), head, most)
        ]
        rest = float(weights @ margins) - self.baseline(attribute)
        return [*spans, Span(0, len(text), rest - sum(span.contribution for span in spans))]

    def baseline(self, attribute: str) -> float:
        """Return the margin of a text without words."""
        return float(self._empty[self.attributes.index(attribute)])

    def _margin(self, part: Sequel) -> Floats:
        margins = self._heads.margins(self._network.vector(part.ids)[None])
        return np.asarray(margins[0])

    def _mixed(self, parts: Sequence[Sequel]) -> Floats:
        """Weigh the worst part of a text against the mean of all."""
        margins = np.array([self._margin(part) for part in parts])
        return np.asarray(WORST * margins.max(axis=0) + (1 - WORST) * margins.mean(axis=0))

    def _spans(self, part: Sequel, margin: float, head: int, most: int) -> list[Span]:
        """Return what each group of words of a part adds to its margin, within reason."""
        words = self._reader.words(part)
        if not words:
            return []
        edges = np.linspace(0, len(words), min(most, len(words)) + 1).astype(int).tolist()
        groups = [words[first:end] for first, end in pairwise(edges)]
        added = (
            margin - self._without(part.ids, [(g[0].start, g[-1].stop) for g in groups])[:, head]
        )
        total, wanted = float(added.sum()), margin - float(self._empty[head])
        if total and 1 / MOST_STRETCHED <= wanted / total <= MOST_STRETCHED:
            added *= wanted / total
        return [
            Span(part.spans[word.start][0], part.spans[word.stop - 1][1], share / len(group))
            for group, share in zip(groups, added.tolist(), strict=True)
            for word in group
        ]

    def _without(self, ids: Sequence[int], gaps: Sequence[tuple[int, int]]) -> Floats:
        """Return the margins of a part without the pieces of each gap, (gaps, attributes).

        Only pieces near a gap read anew, since the network sees no further.
        """
        features = self._network.features(ids)
        total = features.sum(axis=0)
        sums = []
        for start, stop in gaps:
            first, last = max(0, start - REACH), min(len(ids), stop + REACH)
            around = max(0, start - 2 * REACH), stop + 2 * REACH
            closed = self._network.features([*ids[around[0] : start], *ids[stop : around[1]]])
            anew = closed[first - around[0] : last - around[0] - (stop - start)]
            sums.append(total - features[first:last].sum(axis=0) + anew.sum(axis=0))
        counts = np.array([len(ids) - (stop - start) for start, stop in gaps])
        return self._heads.margins(self._network.pooled(np.array(sums), counts))
