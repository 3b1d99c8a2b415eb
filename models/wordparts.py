"""Parts of words are hashed for many words of one length at once, by one product of integers."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features import PLACE_MASK, Hashes, Scheme
from models.identity import IDENTITY_MARK
from models.ngrams import CHAR_SEED, MIX, POWERS, Hasher, codes_of, finished, word_hashes

PART_POWERS: Final = np.concatenate(([CHAR_SEED], POWERS[2:]))
LENGTHS: Final = (7, 13, 40)

Table = tuple[Hashes, list[NDArray[np.int64]]]


class WordParts:
    """Hashes single words as the hasher does in a text, without looking at their neighbours."""

    def __init__(self, hasher: Hasher) -> None:
        """Hash as this hasher does."""
        self._hasher = hasher
        self._tables = {longest: _table(longest, hasher.scheme) for longest in LENGTHS}

    def of(self, words: Sequence[str]) -> list[tuple[bytes, bytes]]:
        """Give the places of the parts of each word, and the hash of the whole, as bytes."""
        found: dict[str, tuple[bytes, bytes]] = {}
        shorter = 0
        for longest in self._tables:
            alike = [word for word in words if shorter < len(word) <= longest]
            found.update(zip(alike, self._of_alike(alike, longest), strict=True))
            shorter = longest
        return [found.get(word) or self._of_long(word) for word in words]

    def _of_alike(self, words: Sequence[str], longest: int) -> Iterator[tuple[bytes, bytes]]:
        """Hash words of up to one length: each hash is a sum of letters times powers."""
        if not words:
            return
        joined = "".join([f" {word} ".ljust(longest + 2) for word in words])
        mixed = codes_of(joined).reshape(len(words), -1).astype(np.uint64) * MIX
        table, fitting = self._tables[longest]
        places = self._hasher.place(mixed @ table).astype(np.uint32)
        wholes = finished((mixed[:, 1:-1] * POWERS[:longest]).cumsum(axis=1))
        for word, inner, whole in zip(words, places, wholes, strict=True):
            own = b"" if IDENTITY_MARK in word else inner[fitting[len(word)]].tobytes()
            yield own, whole[len(word) - 1].tobytes()

    def _of_long(self, word: str) -> tuple[bytes, bytes]:
        codes = codes_of(f" {word} ")
        mixed = codes.astype(np.uint64) * MIX
        (keys,) = self._hasher.part_blocks(codes, mixed, np.zeros(len(codes), np.uint64), None)
        whole = word_hashes(mixed, np.array([1]), np.array([len(word) + 1]))
        return (keys & PLACE_MASK).astype(np.uint32).tobytes(), whole.tobytes()


@lru_cache(maxsize=64)
def _table(longest: int, scheme: Scheme) -> Table:
    """Say by what to multiply each letter of a padded word for each of its parts.

    Beside it, for each length of a word, which of the parts lie inside it.
    """
    parts = [
        (start, many)
        for many in range(scheme.shortest, scheme.longest + 1)
        for start in range(longest + 2 - many + 1)
    ]
    table = np.zeros((longest + 2, len(parts)), np.uint64)
    for column, (start, many) in enumerate(parts):
        table[start : start + many, column] = PART_POWERS[:many]
    starts, ends = np.array([(start, start + many) for start, many in parts]).T
    return table, [
        np.flatnonzero((ends <= length + 2) & (starts <= length)) for length in range(longest + 1)
    ]
