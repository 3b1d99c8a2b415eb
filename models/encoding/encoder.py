"""An encoder reads whole texts: a margin for each attribute, and what each word adds to it."""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from models.attributes import IDENTITY_ATTACK
from models.encoding.passage import Part, PassageReader, Sequel
from models.reading.span import Span

Floats = NDArray[np.float64]

WORST: Final = 0.5  # how much the worst words of a text count beside the mean of all
FEW: Final = 12  # pieces: about a short sentence
SEEING: Final = frozenset({IDENTITY_ATTACK})
"""Attributes that depend on which group is named; the others are read with groups masked."""


class Encoder(Protocol):
    """Reads texts of one or many languages; a margin never depends on other texts of a batch."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it has a head for."""

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return the margins of texts as they were written, of shape (texts, attributes)."""

    def covers(self, text: str) -> bool:
        """Say whether it reads the whole of a text."""

    def explain(self, text: str, attribute: str) -> list[Span]:
        """Return spans which, added to `baseline`, make up the margin of an attribute.

        A span of the whole text holds what is due to no word.
        """

    def baseline(self, attribute: str) -> float:
        """Return the part of the margin that is the same for every text."""


class PieceNetwork(Protocol):
    """Computes what each piece adds to each margin."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it has a head for."""

    @property
    def biases(self) -> Floats:
        """The margins to which the pieces add."""

    def contributions(self, ids: Sequence[int]) -> Floats:
        """Return an array of shape (pieces, attributes)."""


class PassageEncoder:
    """Reads texts part by part with a network that says what each piece adds."""

    def __init__(self, passages: PassageReader, network: PieceNetwork) -> None:
        """Cut texts into parts with this reader, and read the parts with this network."""
        self._passages = passages
        self._network = network
        self._sees = np.array([name in SEEING for name in network.attributes])

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it has a head for."""
        return self._network.attributes

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return the margins of texts, of shape (texts, attributes), each read on its own."""
        margins = [self._margins(self._passages.read(text)) for text in texts]
        return np.array(margins).reshape(len(texts), len(self.attributes))

    def covers(self, text: str) -> bool:
        """Say whether it reads the whole of a text."""
        return self._passages.covers(text)

    def explain(self, text: str, attribute: str) -> list[Span]:
        """Return what each piece of a text adds to the margin of an attribute.

        Each piece counts with its share of the mean, those of the worst words with `WORST` more.
        """
        head = self.attributes.index(attribute)
        parts = self._passages.read(text, traced=True)
        sequels = [part.plain if self._sees[head] else part.masked for part in parts]
        added = [self._network.contributions(sequel.ids)[:, head] for sequel in sequels]
        shares = [each * ((1 - WORST) / len(parts)) for each in added]
        worst = int(np.argmax([_worst(each[:, None])[0] for each in added]))
        shares[worst] += WORST * _worst_words(added[worst])
        spans = [
            span
            for sequel, each in zip(sequels, shares, strict=True)
            for span in _spans(sequel, each)
        ]
        frame = sum(float(each[0] + each[-1]) for each in shares)
        return [*spans, Span(0, len(text), frame)]

    def baseline(self, attribute: str) -> float:
        """Return the bias of an attribute."""
        return float(self._network.biases[self.attributes.index(attribute)])

    def _margins(self, parts: Sequence[Part]) -> Floats:
        """Weigh the worst words of a text against the mean of all parts."""
        read = [self._read(part) for part in parts]
        mean = np.mean([mean for mean, _ in read], axis=0)
        worst = np.max([worst for _, worst in read], axis=0)
        return np.asarray(WORST * worst + (1 - WORST) * mean + self._network.biases, np.float64)

    def _read(self, part: Part) -> tuple[Floats, Floats]:
        """Return the sums of a part and those of its worst words; it is read twice if needed."""
        masked = self._network.contributions(part.masked.ids)
        if part.plain is part.masked:
            return masked.sum(axis=0), _worst(masked)
        plain = self._network.contributions(part.plain.ids)
        return (
            np.where(self._sees, plain.sum(axis=0), masked.sum(axis=0)),
            np.where(self._sees, _worst(plain), _worst(masked)),
        )


def _worst(added: Floats) -> Floats:
    """Return the highest sum that a part would have if `FEW` of its pieces stood for all.

    `added` has the shape (pieces, attributes); a short part stands for itself.
    """
    sums: Floats = added.sum(axis=0)
    if len(added) - 2 <= FEW:
        return sums
    return np.asarray(np.maximum(sums, _of_few(added).max(axis=0)), np.float64)


def _of_few(added: Floats) -> Floats:
    """Return the sums if the `FEW` pieces from each place on stood for all of a part."""
    until = np.cumsum(added[:-1], axis=0)
    return np.asarray((until[FEW:] - until[:-FEW]) * (len(added) / FEW), np.float64)


def _worst_words(added: Floats) -> Floats:
    """Return what each piece adds to the sum of the worst words of a part, by one attribute."""
    if len(added) - 2 <= FEW:
        return added
    few = _of_few(added[:, None])[:, 0]
    start = int(few.argmax())
    if few[start] <= added.sum():
        return added
    shares = np.zeros(len(added))
    chosen = slice(start + 1, start + 1 + FEW)  # the first piece, [CLS], is in none
    shares[chosen] = added[chosen] * (len(added) / FEW)
    return shares


def _spans(sequel: Sequel, added: Floats) -> list[Span]:
    """Return the spans of the pieces between the first and the last one, which stand for none."""
    inner = zip(sequel.spans[1:-1], added[1:-1].tolist(), strict=True)
    return [Span(start, end, each) for (start, end), each in inner]
