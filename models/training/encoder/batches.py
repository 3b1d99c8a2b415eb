"""Batches: rows of similar length together, in an order that chance and a seed decide."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Batch = NDArray[np.int64]
NEIGHBOURHOOD: Final = 2048  # rows sorted by length together: more mean less padding, less chance


def batches_of(lengths: Sequence[int], pieces: int, most: int, seed: int) -> list[Batch]:
    """Put every row into one batch, of at most `pieces` pieces with padding and `most` rows."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(lengths))
    batches = [
        batch
        for start in range(0, len(order), NEIGHBOURHOOD)
        for batch in _cut(order[start : start + NEIGHBOURHOOD], lengths, pieces, most)
    ]
    return [batches[place] for place in chance.permutation(len(batches))]


def _cut(rows: Batch, lengths: Sequence[int], pieces: int, most: int) -> list[Batch]:
    """Cut rows into batches, the shortest first."""
    batches: list[list[int]] = [[]]
    for row in sorted(rows.tolist(), key=lambda row: lengths[row]):
        size = len(batches[-1]) + 1
        if batches[-1] and (lengths[row] * size > pieces or size > most):
            batches.append([])
        batches[-1].append(row)
    return [np.array(batch, np.int64) for batch in batches]


def padded(texts: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the pieces of texts in one array (rows, longest), and where they are no padding."""
    longest = max(map(len, texts))
    pieces = np.zeros((len(texts), longest), np.int64)
    real = np.zeros(pieces.shape, bool)
    for place, text in enumerate(texts):
        pieces[place, : len(text)] = text
        real[place, : len(text)] = True
    return pieces, real
