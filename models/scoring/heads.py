"""The linear heads of one language, which turn features into one margin per attribute."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features.ngrams import Hasher
from models.features.occurrences import GROUPS, WORD_GROUP, Features, Scheme
from models.features.wordbook import Wordbook

Margins = NDArray[np.float32]

PACKED: Final = 8  # attributes whose weights fit into one 64-bit number
BATCH: Final = 32
LOGS: Final = (1 + np.log(np.arange(1, 4097))).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The result of training: a weight per place and attribute, stored as small integers."""

    attributes: tuple[str, ...]
    scheme: Scheme
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    biases: NDArray[np.float32]
    rarity: NDArray[np.uint8]
    rarity_scale: float
    signs: NDArray[np.float32]


class LinearScorer:
    """Computes a margin per text and attribute; a higher one means a likelier attribute."""

    def __init__(self, heads: Heads) -> None:
        """Score with these heads."""
        self.heads = heads
        self.hasher = Hasher(heads.scheme)
        self._wordbook = Wordbook(self.hasher)

    def learn(self, words: Sequence[str]) -> None:
        """Cache the features of these prepared words in advance."""
        self._wordbook.learn(words)

    def margins(self, texts: Sequence[str]) -> Margins:
        """Score texts that a reader has prepared."""
        parts = [self._sums(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        margins = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return margins * self.heads.scales + self.heads.biases

    def _sums(self, texts: Sequence[str]) -> Margins:
        """Add up the values of each text times their integer weights."""
        features = self._wordbook.features(texts)
        values = self.values(features, len(texts))
        weights = self._packed.take(features.places).view(np.int8).astype(np.float32)
        weights = weights.reshape(-1, PACKED)[:, : len(self.heads.scales)]
        if len(texts) == 1:
            return np.asarray(values @ weights, np.float32)[None]
        bounds = features.rows.searchsorted(np.arange(len(texts) + 1) * GROUPS).tolist()
        return np.array([values[a:b] @ weights[a:b] for a, b in pairwise(bounds)], np.float32)

    @cached_property
    def _packed(self) -> NDArray[np.uint64]:
        """Pack the weights of one place into one number, so that one lookup reads them all."""
        packed = np.zeros((len(self.heads.weights), PACKED), np.int8)
        packed[:, : self.heads.weights.shape[1]] = self.heads.weights
        return packed.view(np.uint64)[:, 0]

    def values(self, features: Features, texts: int) -> NDArray[np.float32]:
        """Weight counts by rarity, so that each group of features of a text has length one."""
        rarity = self._rarity.take(features.places)
        return weigh(features, rarity, texts, self.heads.scheme.word_share)

    @cached_property
    def _rarity(self) -> NDArray[np.float32]:
        """Return how rare each feature is; common features count for little."""
        return self.heads.rarity * np.float32(self.heads.rarity_scale) + np.float32(1)


def weigh(
    features: Features, rarity: NDArray[np.float32], texts: int, word_share: float
) -> NDArray[np.float32]:
    """Weight counts by rarity, so that each group of features of a text has length one.

    The length of the group of whole words is `word_share` instead.
    """
    values = LOGS.take(features.counts - 1, mode="clip") * rarity
    lengths = np.bincount(features.rows, weights=values * values, minlength=texts * GROUPS)
    scale = (1 / np.sqrt(np.maximum(lengths, 1e-12))).astype(np.float32)
    scale[WORD_GROUP::GROUPS] *= np.float32(word_share)
    return np.asarray(values * scale.take(features.rows), np.float32)
