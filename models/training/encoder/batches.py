"""The order in which rows are learnt: batches of similar length, in the same order for one seed."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

NEIGHBOURHOOD: Final = 2048
"""Rows that are sorted by length together; the wider, the less padding and the less chance."""


def batches_of(lengths: Sequence[int], pieces: int, most: int, seed: int) -> list[NDArray[np.int64]]:
    """Put every row into one batch of at most `pieces` pieces, padding included, and `most` rows."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(lengths))
    batches: list[NDArray[np.int64]] = []
    for start in range(0, len(order), NEIGHBOURHOOD):
        near = sorted(order[start : start + NEIGHBOURHOOD], key=lambda row: lengths[row])
        batch: list[int] = []
        for row in near:
            if batch and (lengths[row] * (len(batch) + 1) > pieces or len(batch) >= most):
                batches.append(np.array(batch))
                batch = []
            batch.append(row)
        batches.append(np.array(batch))
    return [batches[place] for place in chance.permutation(len(batches))]


def padded(texts: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the pieces of texts as (rows, longest), and where they are real."""
    longest = max(map(len, texts))
    pieces = np.zeros((len(texts), longest), np.int64)
    real = np.zeros(pieces.shape, bool)
    for place, text in enumerate(texts):
        pieces[place, : len(text)] = text
        real[place, : len(text)] = True
    return pieces, real
