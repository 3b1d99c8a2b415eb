"""The encoder of many languages: a frozen network, and heads that were trained on its vectors."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from models.encoding.convolution import Convolution
from models.encoding.encoder import WORST, Floats
from models.encoding.passage import Sequel
from models.encoding.perceptron import Perceptron
from models.encoding.sentence import SentenceReader
from models.encoding.stretches import ReadPart
from models.reading.span import Span

MOST_GROUPS: Final = 32  # of words in a text, for an explanation
# What words add alone seldom makes up the whole. Up to this factor they are made to add up.
MOST_STRETCHED: Final = 4.0


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
        self._empty = self._read(reader.read("")[0]).margins[0]

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it has a head for."""
        return self._heads.attributes

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return the margins of texts, of shape (texts, attributes), each read on its own."""
        margins = [self._margins(text) for text in texts]
        return np.array(margins).reshape(len(texts), len(self.attributes))

    def covers(self, text: str) -> bool:
        """Say whether it reads the whole of a text."""
        return self._reader.covers(text)

    def explain(self, text: str, attribute: str) -> list[Span]:
        """Return what each word of a text adds to the margin of an attribute.

        It is measured by leaving the word out; of a long text, neighbouring words are left out
        together. Each part counts with its share of the mean, and the worst sentence with `WORST`
        more. The last span, of the whole text, holds what is due to no word.
        """
        head = self.attributes.index(attribute)
        parts = [self._read(part) for part in self._reader.read(text, traced=True)]
        weighed = _weighed(parts, head)
        added: dict[tuple[int, int], float] = defaultdict(float)
        for (place, stretch), weight in weighed.items():
            for span in self._spans(parts[place], stretch, head, MOST_GROUPS // len(parts)):
                added[span.start, span.end] += weight * span.contribution
        margin = sum(
            weight * float(parts[place].margins[stretch, head])
            for (place, stretch), weight in weighed.items()
        )
        rest = margin - self.baseline(attribute) - sum(added.values())
        spans = [Span(start, end, share) for (start, end), share in sorted(added.items())]
        return [*spans, Span(0, len(text), rest)]

    def baseline(self, attribute: str) -> float:
        """Return the margin of a text without words."""
        return float(self._empty[self.attributes.index(attribute)])

    def _read(self, part: Sequel) -> ReadPart:
        return ReadPart(self._network, self._heads, part, self._reader.sentences(part))

    def _margins(self, text: str) -> Floats:
        """Weigh the worst sentence of a text against the mean of all parts."""
        parts = [self._read(part).margins for part in self._reader.read(text)]
        worst = np.max([margins.max(axis=0) for margins in parts], axis=0)
        mean = np.mean([margins[0] for margins in parts], axis=0)
        return np.asarray(WORST * worst + (1 - WORST) * mean)

    def _spans(self, part: ReadPart, stretch: int, head: int, most: int) -> Iterator[Span]:
        """Yield what each word of a stretch adds to its margin, in up to `most` groups."""
        inside = part.stretches[stretch]
        words = [word for word in self._reader.words(part.sequel) if word.start in inside]
        if not words:
            return
        edges = np.linspace(0, len(words), min(most, len(words)) + 1).astype(int).tolist()
        groups = [words[first:end] for first, end in pairwise(edges)]
        margin = float(part.margins[stretch, head])
        without = part.without(stretch, [(each[0].start, each[-1].stop) for each in groups])
        added = margin - without[:, head]
        total, wanted = float(added.sum()), margin - float(self._empty[head])
        if total and 1 / MOST_STRETCHED <= wanted / total <= MOST_STRETCHED:
            added *= wanted / total
        for group, share in zip(groups, added.tolist(), strict=True):
            for word in group:
                start, end = part.sequel.spans[word.start][0], part.sequel.spans[word.stop - 1][1]
                yield Span(start, end, share / len(group))


def _weighed(parts: Sequence[ReadPart], head: int) -> dict[tuple[int, int], float]:
    """Return how much each part and the worst sentence count, by part and stretch."""
    weights = {(place, 0): (1 - WORST) / len(parts) for place in range(len(parts))}
    worst = [float(part.margins[:, head].max()) for part in parts]
    place = int(np.argmax(worst))
    stretch = int(parts[place].margins[:, head].argmax())
    weights[place, stretch] = weights.get((place, stretch), 0.0) + WORST
    return weights
