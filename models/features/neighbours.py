"""Hashed features of neighbouring words: pairs, and words near a pivot."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features.occurrences import (
    ASIDE_GROUP,
    GROUPS,
    ROW_SHIFT,
    Hashes,
    Places,
    Scheme,
)

MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
SPREAD: Final = np.uint64(29)
PAIR_SEED: Final = np.uint64(0xD6E8FEB86659FD93)
TERM_SEED: Final = np.uint64(0x8EBC6AF09C88C6E3)
GAP_SEED: Final = np.uint64(0xA0761D6478BD642F)
PIVOT_BITS: Final = 18
PIVOT_SHIFT: Final = np.uint64(64 - PIVOT_BITS)
ROWS_A_TEXT: Final = np.uint64(GROUPS)
ASIDE_ROW: Final = np.uint64(ASIDE_GROUP) << ROW_SHIFT

HashedPairs = tuple[Hashes, Places, Places]


class Neighbours:
    """Hashes words together with their neighbours; `texts` holds the text number of each word."""

    def __init__(self, scheme: Scheme, pivots: Hashes) -> None:
        """Hash by this scheme; `pivots` are the hashes of the pivot words."""
        self.scheme = scheme
        self._shift = np.uint64(64 - scheme.bits)
        self._aside_shift = np.uint64(64 - scheme.aside)
        self._aside_start = np.uint64(1 << scheme.bits)
        self._reach = np.array([gap for gap in range(-scheme.reach, scheme.reach + 1) if gap])
        self._pivots: NDArray[np.bool_] = np.zeros(1 << PIVOT_BITS, np.bool_)
        self._pivots[pivots >> PIVOT_SHIFT] = True

    def pairs(self, hashes: Hashes, texts: Hashes | None) -> HashedPairs:
        """Hash each word with the next one; return the keys and the places of both words.

        Without `texts`, all words belong to one text.
        """
        keys = self.place(hashes[:-1] * PAIR_SEED + hashes[1:])
        left = np.arange(len(keys))
        if texts is not None:
            together = texts[:-1] == texts[1:]
            left = left[together]
            keys = keys[together] + rows_of(texts[left])
        return keys, left, left + 1

    def near_pivots(self, hashes: Hashes, pivots: Places, texts: Hashes | None) -> HashedPairs:
        """Hash each pivot with each word up to `reach` away; return the keys and both places."""
        middle = pivots[:, None]
        around = middle + self._reach
        inside = (around >= 0) & (around < len(hashes))
        first = np.minimum(middle, around)[inside]
        last = np.maximum(middle, around)[inside]
        if texts is not None:
            same = texts[first] == texts[last]
            first, last = first[same], last[same]
        keys = self._aside(hashes[first] * GAP_SEED + hashes[last])
        if texts is not None:
            keys += rows_of(texts[first])
        return keys, first, last

    def terms(self, hashes: Hashes) -> Hashes:
        """Hash the names of groups into the table that is reserved for them."""
        return self._aside(hashes * TERM_SEED)

    def are_pivots(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Return a mask of the words that are pivots."""
        return self._pivots[(hashes >> PIVOT_SHIFT).astype(np.int64)]

    def _aside(self, hashes: Hashes) -> Hashes:
        keys = _mixed(hashes)
        keys >>= self._aside_shift
        keys += self._aside_start
        keys += ASIDE_ROW
        return keys

    def place(self, hashes: Hashes) -> Hashes:
        """Map hashes to places in the table."""
        keys = _mixed(hashes)
        keys >>= self._shift
        return keys


def rows_of(texts: Hashes) -> Hashes:
    """Return the upper bits of the keys of each text's first group of features."""
    return texts * ROWS_A_TEXT << ROW_SHIFT


def _mixed(hashes: Hashes) -> Hashes:
    keys = hashes >> SPREAD
    keys ^= hashes
    keys *= MIX
    return keys
