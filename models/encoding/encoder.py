"""An encoder reads whole texts: a margin for each attribute, and what each word adds to it."""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from models.attributes import IDENTITY_ATTACK
from models.encoding.passage import Part, PassageReader, Sequel
from models.reading.span import Span

Floats = NDArray[np.float64]

WORST: Final = 0.5  # how much the worst part of a text counts beside the mean of all
SEEING: Final = frozenset({IDENTITY_ATTACK})
"""Attributes that depend on which group is named; the others are read with groups masked."""


class Encoder(Protocol):
    """Reads texts of one or many languages; a margin never depends on other texts of a batch."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it has a head for."""

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return the margins of texts as they were written, of shape (texts, attributes)."""

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

    def explain(self, text: str, attribute: str) -> list[Span]:
        """Return what each piece of a text adds to the margin of an attribute.

        Of several parts, each counts with its share of the mean, the worst one with `WORST` more.
        """
        head = self.attributes.index(attribute)
        parts = self._passages.read(text, traced=True)
        sequels = [part.plain if self._sees[head] else part.masked for part in parts]
        added = [self._network.contributions(sequel.ids)[:, head] for sequel in sequels]
        weights = np.full(len(parts), (1 - WORST) / len(parts))
        weights[int(np.argmax([each.sum() for each in added]))] += WORST
        spans = [
            span
            for sequel, each, weight in zip(sequels, added, weights, strict=True)
            for span in _spans(sequel, each * weight)
        ]
        frame = sum(
            weight * (each[0] + each[-1]) for each, weight in zip(added, weights, strict=True)
        )
        return [*spans, Span(0, len(text), float(frame))]

    def baseline(self, attribute: str) -> float:
        """Return the bias of an attribute."""
        return float(self._network.biases[self.attributes.index(attribute)])

    def _margins(self, parts: Sequence[Part]) -> Floats:
        """Weigh the worst part of a text against the mean of all."""
        margins = np.array([self._sums(part) for part in parts])
        mixed = WORST * margins.max(axis=0) + (1 - WORST) * margins.mean(axis=0)
        return np.asarray(mixed + self._network.biases, np.float64)

    def _sums(self, part: Part) -> Floats:
        """Add up the pieces of a part, which is read twice if it names a group."""
        masked: Floats = self._network.contributions(part.masked.ids).sum(axis=0)
        if part.plain is part.masked:
            return masked
        plain: Floats = self._network.contributions(part.plain.ids).sum(axis=0)
        return np.where(self._sees, plain, masked)


def _spans(sequel: Sequel, added: Floats) -> list[Span]:
    """Return the spans of the pieces between the first and the last one, which stand for none."""
    inner = zip(sequel.spans[1:-1], added[1:-1].tolist(), strict=True)
    return [Span(start, end, each) for (start, end), each in inner]
