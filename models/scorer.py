"""One language's linear heads: features in, one margin per attribute out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.ngrams import GROUPS, WORD_GROUP, Features, Hasher, Scheme

Margins = NDArray[np.float32]

LOGS: Final = (1 + np.log(np.arange(1, 4097))).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """What training found: a weight per place and attribute, kept as small integers."""

    attributes: tuple[str, ...]
    scheme: Scheme
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    biases: NDArray[np.float32]
    rarity: NDArray[np.uint8]
    rarity_scale: float
    signs: NDArray[np.float32]


class Scorer:
    """Gives each text a margin per attribute: the higher, the more it is so."""

    def __init__(self, heads: Heads) -> None:
        """Score with these heads."""
        self.heads = heads
        self.hasher = Hasher(heads.scheme)

    def margins(self, texts: Sequence[str]) -> Margins:
        """Score texts that a reader has prepared."""
        features = self.hasher.features(texts)
        values = self.values(features, len(texts))
        weights = self._weights[features.places]
        if len(texts) == 1:
            return (values @ weights)[None, :] + self.heads.biases
        return _summed(weights * values[:, None], features, len(texts)) + self.heads.biases

    @cached_property
    def _weights(self) -> Margins:
        """Weights as they are multiplied; made when the language is first met."""
        return self.heads.weights * self.heads.scales

    def values(self, features: Features, texts: int) -> NDArray[np.float32]:
        """Weigh counts by rarity, so that each group of features of a text has length one."""
        return normed(features, self.rarity(features.places), texts, self.heads.scheme.word_share)

    def rarity(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Say how rare features are; a common one counts for little."""
        return self.heads.rarity[places] * np.float32(self.heads.rarity_scale) + np.float32(1)


def _summed(weighed: Margins, features: Features, texts: int) -> Margins:
    """Add up what belongs to one text."""
    owner = features.rows // GROUPS
    sums = np.zeros((texts, weighed.shape[1]), np.float32)
    if len(owner):
        first = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
        sums[owner[first]] = np.add.reduceat(weighed, first, axis=0)
    return sums


def normed(
    features: Features, rarity: NDArray[np.float32], texts: int, word_share: float
) -> NDArray[np.float32]:
    """Weigh counts by rarity, so that each group of features of a text has length one.

    Whole words may be given another share than that.
    """
    values = LOGS[np.minimum(features.counts, len(LOGS)) - 1] * rarity
    lengths = np.bincount(features.rows, weights=values * values, minlength=texts * GROUPS)
    scale = (1 / np.sqrt(np.maximum(lengths, 1e-12))).astype(np.float32)
    scale[WORD_GROUP::GROUPS] *= np.float32(word_share)
    return np.asarray(values * scale[features.rows], np.float32)


def scheme_of(described: dict[str, Any]) -> Scheme:
    """Read a scheme from its JSON form."""
    return Scheme(**{**described, "pivots": tuple(described.get("pivots", ()))})
