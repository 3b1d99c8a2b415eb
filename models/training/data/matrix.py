"""Texts as the rows of a sparse matrix, built by the same code as in production."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from models.features.ngrams import Hasher
from models.features.occurrences import GROUPS, Features, Scheme
from models.scoring.heads import weigh

BATCH: Final = 256
Batches = list[tuple[int, Features]]


def features_of(texts: Sequence[str], scheme: Scheme) -> Batches:
    """Hash many texts; return batches, each with its number of texts."""
    return list(_batches(texts, scheme))


def rarity_of(
    batches: Batches, scheme: Scheme, chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.uint8], float]:
    """Compute how rare each feature is among the chosen texts; return 256 steps and their size."""
    texts = np.zeros(scheme.size, np.int64)
    start = 0
    for size, part in batches:
        inside = chosen[start : start + size][part.rows // GROUPS]
        texts += np.bincount(part.places[inside], minlength=scheme.size)
        start += size
    rarity = np.log((1 + chosen.sum()) / (1 + texts))
    step = float(rarity.max()) / 255 or 1.0
    return np.rint(rarity / step).astype(np.uint8), step


def matrix_of(
    batches: Batches, scheme: Scheme, rarity: NDArray[np.uint8], step: float
) -> csr_matrix:
    """Arrange weighted features as one row per text."""
    weights = rarity * np.float32(step) + np.float32(1)
    values = [weigh(part, weights[part.places], size, scheme.word_share) for size, part in batches]
    lengths = [np.bincount(part.rows // GROUPS, minlength=size) for size, part in batches]
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    places = np.concatenate([part.places for _, part in batches])
    texts = sum(size for size, _ in batches)
    return csr_matrix((np.concatenate(values), places, starts), shape=(texts, scheme.size))


def _batches(texts: Sequence[str], scheme: Scheme) -> Iterator[tuple[int, Features]]:
    hasher = Hasher(scheme)
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        features = hasher.features(batch)
        yield (
            len(batch),
            Features(
                rows=features.rows.astype(np.int16),
                places=features.places.astype(np.int32),
                counts=np.minimum(features.counts, np.iinfo(np.int16).max).astype(np.int16),
            ),
        )
