"""A cache of hashed words: the same features as the hasher's, several times as fast."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

import numpy as np

from models.features.neighbours import rows_of
from models.features.ngrams import Hasher
from models.features.occurrences import (
    GROUPS,
    KEY_BITS,
    Features,
    Hashes,
    Keys,
    count_equal,
    count_in_order,
    sort_by_text,
)
from models.features.wordparts import Parts, WordParts
from models.reading.memory import MOST_WORDS, Memory

BYTES_A_KEY: Final = 4
MOST_SHORT: Final = (1 << 32 - KEY_BITS) // GROUPS  # texts whose keys fit into 32 bits
PIVOT: Final = b"\1"


class Wordbook:
    """Caches the features of single words, since most words of a text have been seen before."""

    def __init__(self, hasher: Hasher, most: int = MOST_WORDS) -> None:
        """Return the same features as this hasher."""
        self._hasher = hasher
        self._near = hasher.neighbours
        self._memory: Memory[Parts] = Memory(WordParts(hasher).of, most)

    def learn(self, words: Sequence[str]) -> None:
        """Compute the features of these words in advance."""
        self._memory.of(words)

    def features(self, texts: Sequence[str]) -> Features:
        """Count the distinct features of each text, as `Hasher.features` does."""
        if not self._hasher.scheme.words:
            return self._hasher.features(texts)
        split = [list(filter(None, text.split(" "))) for text in texts]
        words = split[0] if len(split) == 1 else list(chain.from_iterable(split))
        if not words:
            return self._hasher.features(texts)
        word_parts = self._memory.of(words)
        if len(split) == 1:
            inner, neighbours = self._among(word_parts, None)
            keys = np.concatenate([inner, *neighbours], dtype=np.uint32, casting="unsafe")
            return count_equal(keys)
        owner = np.arange(len(split), dtype=np.uint64).repeat(list(map(len, split)))
        return count_in_order(self._keys(word_parts, owner, len(split)))

    def _keys(self, word_parts: Sequence[Parts], owner: Hashes, texts: int) -> Keys:
        kind: type[np.unsignedinteger[Any]] = np.uint32 if texts <= MOST_SHORT else np.uint64
        inner, neighbours = self._among(word_parts, owner)
        sizes = np.fromiter([len(parts[0]) for parts in word_parts], np.int64, len(word_parts))
        inner = inner + rows_of(owner).astype(kind).repeat(sizes // BYTES_A_KEY)
        return sort_by_text([inner, *(keys.astype(kind) for keys in neighbours)], texts)

    def _among(
        self, word_parts: Sequence[Parts], owner: Hashes | None
    ) -> tuple[Keys, list[Hashes]]:
        """Return the keys of words and parts, without text numbers, and those of neighbours."""
        keys, wholes, pivots = map(b"".join, zip(*word_parts, strict=True))
        hashes = np.frombuffer(wholes, np.uint64)
        neighbours = [self._near.pairs(hashes, owner)[0]] if self._hasher.scheme.pairs else []
        if PIVOT in pivots:
            places = np.frombuffer(pivots, np.bool_).nonzero()[0]
            neighbours.append(self._near.near_pivots(hashes, places, owner)[0])
        return np.frombuffer(keys, np.uint32), neighbours
