"""The rows that an encoder learns from: texts as pieces, with what was judged about them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.attributes import IDENTITY_ATTACK
from models.encoding.passage import Part, PassageReader, Sequel
from models.training.data.dataset import Example, examples_of
from models.training.encoder.plan import EncoderPlan, EncoderSource

MOST_CHARACTERS: Final = 1500  # the first pieces of a text lie within
# Tone is judged with the names of groups masked and IDENTITY_ATTACK with the names shown. How
# much each counts the other way round, so that neither reading is foreign to any head:
MASKED_IDENTITY: Final = np.float32(0.3)
SHOWN_TONE: Final = np.float32(0.1)
ONE: Final = np.float32(1)


class Taught(NamedTuple):
    """An example and the source that it was chosen from."""

    source: EncoderSource
    example: Example


class TrainingRow(NamedTuple):
    """One text as the network reads it; labels are NaN, and weights 0, where nobody judged."""

    pieces: Sequence[int]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRows:
    """Many rows; labels and weights have the shape (rows, heads)."""

    pieces: Sequence[Sequence[int]]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.pieces)

    def chosen(self, places: Sequence[int]) -> "TrainingRows":
        """Return some of the rows, in the order of `places`."""
        chosen = np.array(places, np.int64)
        return TrainingRows(
            pieces=[self.pieces[place] for place in places],
            labels=self.labels[chosen],
            weights=self.weights[chosen],
        )

    def __add__(self, others: "TrainingRows") -> "TrainingRows":
        """Return these rows and then the others."""
        return TrainingRows(
            pieces=[*self.pieces, *others.pieces],
            labels=np.concatenate([self.labels, others.labels]),
            weights=np.concatenate([self.weights, others.weights]),
        )


def gather_taught(plan: EncoderPlan, data: Path) -> list[Taught]:
    """Choose what an encoder learns from; nothing of it is held out or repeats what is.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    every = [(source, list(_short(source, plan, data))) for source in plan.sources]
    held = [example for _, examples in every for example in examples if example.held]
    keys, twins = {each.key for each in held}, {each.twin for each in held}
    return [
        Taught(source, example)
        for source, examples in every
        for example in _sample(
            source, [row for row in examples if row.key not in keys and row.twin not in twins]
        )
    ]


def _short(source: EncoderSource, plan: EncoderPlan, data: Path) -> Iterator[Example]:
    for example in examples_of(source, plan.language, data, plan.seed):
        if not source.longest or len(example.text) <= source.longest:
            yield example


def _sample(source: EncoderSource, examples: list[Example]) -> list[Example]:
    """Choose at most `most` rows of a source; the keys are hashes, so the lowest are a sample."""
    lowest = sorted(examples, key=lambda row: (row.key, row.text))
    return lowest[: source.most or None]


def rows_of(taught: Iterable[Taught], plan: EncoderPlan, reader: PassageReader) -> TrainingRows:
    """Prepare examples as the network will read comments.

    :raises ValueError: nothing is left to read.
    """
    rows = [
        row for each in taught for row in _readings(each, plan, reader) if np.any(row.weights > 0)
    ]
    if not rows:
        raise ValueError("an encoder needs rows to learn from")
    return TrainingRows(
        pieces=[row.pieces for row in rows],
        labels=np.stack([row.labels for row in rows]),
        weights=np.stack([row.weights for row in rows]),
    )


def _readings(taught: Taught, plan: EncoderPlan, reader: PassageReader) -> Iterator[TrainingRow]:
    """Yield a text as it stands, and before that with names of groups masked if it has any."""
    source, example = taught
    parts = reader.read(example.text[:MOST_CHARACTERS])
    labels = np.array([example.labels.get(name, np.nan) for name in plan.heads], np.float32)
    judged = np.array([example.weights.get(name, 0.0) for name in plan.heads], np.float32)
    weights = np.where(np.isnan(labels), np.float32(0), judged)
    shown = _first_pieces([part.plain for part in parts], plan.longest)
    if not _names_a_group(parts):
        yield TrainingRow(shown, labels, weights)
        return
    masked = _first_pieces([part.masked for part in parts], plan.longest)
    fair = np.where(labels == 0, np.float32(source.fair), ONE)
    identity = np.array([name == IDENTITY_ATTACK for name in plan.heads])
    yield TrainingRow(masked, labels, weights * fair * np.where(identity, MASKED_IDENTITY, ONE))
    if np.any(weights[identity] > 0):
        yield TrainingRow(shown, labels, weights * np.where(identity, ONE, SHOWN_TONE))


def _names_a_group(parts: Sequence[Part]) -> bool:
    return any(part.plain is not part.masked for part in parts)


def _first_pieces(sequels: Sequence[Sequel], longest: int) -> list[int]:
    """Return the first pieces of a text, however it was cut, from [CLS] to [SEP]."""
    first, last = sequels[0].ids[0], sequels[0].ids[-1]
    inner = [piece for sequel in sequels for piece in sequel.ids[1:-1]]
    return [first, *inner[: longest - 2], last]
