"""The parts of words, hashed for many words of one length at once by one matrix product."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.features.neighbours import MIX
from models.features.ngrams import (
    CHAR_SEED,
    MARK_HASH,
    POWERS,
    Hasher,
    codes_of,
    finish,
    word_hashes,
)
from models.features.occurrences import CHAR_GROUP, KEY_BITS, Hashes, Scheme
from models.reading.identity import IDENTITY_MARK

PART_POWERS: Final = np.concatenate(([CHAR_SEED], POWERS[2:]))
LENGTHS: Final = (7, 13, 20, 40)
FEW: Final = 8
CHAR_ROW: Final = np.uint32(CHAR_GROUP << KEY_BITS)
NOTHING: Final = b""

Table = tuple[Hashes, list[NDArray[np.int64]]]


class Parts(NamedTuple):
    """The features of one word, as the bytes of arrays.

    The keys of the word and its parts as if in the first text, the hash that pairs it with
    its neighbours, and whether it is a pivot.
    """

    keys: bytes
    hash: bytes
    pivot: bytes


class WordParts:
    """Hashes single words as the hasher does in a text, but without their neighbours."""

    def __init__(self, hasher: Hasher) -> None:
        """Hash as this hasher does."""
        self._hasher = hasher
        self._near = hasher.neighbours
        self._tables = {longest: _table(longest, hasher.scheme) for longest in LENGTHS}

    def of(self, words: Sequence[str]) -> list[Parts]:
        """Return the features of each word."""
        parts: dict[str, Parts] = {}
        shorter = 0
        for longest in self._lengths_for(words):
            alike = [word for word in words if shorter < len(word) <= longest]
            if alike:
                parts.update(zip(alike, self._of_alike(alike, longest), strict=True))
            shorter = longest
        return [parts.get(word) or self._of_long(word) for word in words]

    def _lengths_for(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return the lengths to pad words to; a few words are all padded to the longest one."""
        if len(words) > FEW:
            return LENGTHS
        most = max(map(len, words))
        return next(((longest,) for longest in LENGTHS if most <= longest), LENGTHS)

    def _of_alike(self, words: Sequence[str], longest: int) -> Iterator[Parts]:
        """Hash words up to this length: each hash is a sum of letters times powers."""
        joined = "".join([f" {word} ".ljust(longest + 2) for word in words])
        mixed = codes_of(joined).reshape(len(words), -1).astype(np.uint64) * MIX
        table, fitting = self._tables[longest]
        places = self._near.place(mixed @ table).astype(np.uint32)
        places += CHAR_ROW
        sums = (mixed[:, 1:-1] * POWERS[:longest]).cumsum(axis=1)
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        wholes = finish(sums[np.arange(len(words)), lengths - 1])
        inner = (
            NOTHING if IDENTITY_MARK in word else row[fitting[len(word)]].tobytes()
            for word, row in zip(words, places, strict=True)
        )
        return self._with_wholes(words, inner, wholes)

    def _of_long(self, word: str) -> Parts:
        codes = codes_of(f" {word} ")
        mixed = codes.astype(np.uint64) * MIX
        (keys,) = self._hasher.part_blocks(codes, mixed, np.zeros(len(codes), np.uint64), None)
        whole = word_hashes(mixed, np.array([1]), np.array([len(word) + 1]))
        (parts,) = self._with_wholes([word], iter([keys.astype(np.uint32).tobytes()]), whole)
        return parts

    def _with_wholes(
        self, words: Sequence[str], inner: Iterator[bytes], wholes: Hashes
    ) -> Iterator[Parts]:
        """Add the key of each whole word; the name of a group gets a reserved place instead."""
        own = self._near.place(wholes).astype(np.uint32)
        marked = [place for place, word in enumerate(words) if word[0] == IDENTITY_MARK]
        if marked:
            own[marked] = self._near.terms(wholes[marked])
            wholes[marked] = MARK_HASH
        pivots = self._near.are_pivots(wholes)
        aside = bool(self._hasher.scheme.aside)
        for place, parts in enumerate(inner):
            key = own[place].tobytes() if aside or words[place][0] != IDENTITY_MARK else NOTHING
            yield Parts(key + parts, wholes[place].tobytes(), pivots[place].tobytes())


@lru_cache(maxsize=64)
def _table(longest: int, scheme: Scheme) -> Table:
    """Return the factor of each character of a padded word in each of its parts.

    The second value lists, for each word length, the parts that lie inside the word.
    """
    parts = [
        (start, length)
        for length in range(scheme.shortest, scheme.longest + 1)
        for start in range(longest + 2 - length + 1)
    ]
    table = np.zeros((longest + 2, len(parts)), np.uint64)
    for column, (start, length) in enumerate(parts):
        table[start : start + length, column] = PART_POWERS[:length]
    starts, ends = np.array([(start, start + length) for start, length in parts]).T
    return table, [
        np.flatnonzero((ends <= length + 2) & (starts <= length)) for length in range(longest + 1)
    ]
