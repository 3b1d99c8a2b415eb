"""Hashed features: the scheme, where each feature occurs and how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Codes = NDArray[np.uint32]
Places = NDArray[np.signedinteger[Any]]
Keys = NDArray[np.unsignedinteger[Any]]

KEY_BITS: Final = 20
ROW_SHIFT: Final = np.uint64(KEY_BITS)
ONE_PLACE: Final = (1 << KEY_BITS) - 1
PLACE_MASK: Final = np.uint64(ONE_PLACE)
WORD_GROUP, CHAR_GROUP, ASIDE_GROUP, GROUPS = 0, 1, 2, 3
A_TEXT: Final = GROUPS << KEY_BITS


@dataclass(frozen=True, slots=True)
class Scheme:
    """Which features are taken from a text, and into how many places they are hashed.

    Features about groups of people have places of their own (2 to the power of `aside`, after
    the others), so that only the attributes about such groups give them weight.
    """

    bits: int = 18
    aside: int = 0
    shortest: int = 2
    longest: int = 5
    words: bool = True
    word_share: float = 1.0
    pairs: bool = True
    reach: int = 0
    pivots: tuple[str, ...] = ()

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Scheme":
        """Read a scheme from its form in JSON or YAML."""
        return cls(**{**written, "pivots": tuple(written.get("pivots", ()))})

    @property
    def size(self) -> int:
        """Return the number of all places."""
        return (1 << self.bits) + (1 << self.aside if self.aside else 0)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every feature with its position: from `starts` up to `ends` in the text."""

    rows: Places
    places: Places
    starts: Places
    ends: Places


@dataclass(frozen=True, slots=True)
class Features:
    """Distinct features, sorted by text, group and place in the table."""

    rows: Places
    places: Places
    counts: Places


def count_equal(keys: Keys) -> Features:
    """Count equal keys, sorting them in place."""
    keys.sort()
    return count_in_order(keys)


def count_in_order(keys: Keys) -> Features:
    """Count equal keys in a sorted array."""
    first = np.ones(len(keys) + 1, np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:-1])
    bounds = first.nonzero()[0]
    distinct = keys[bounds[:-1]].astype(np.int64)
    counts = bounds[1:] - bounds[:-1]
    return Features(rows=distinct >> KEY_BITS, places=distinct & ONE_PLACE, counts=counts)


def sort_by_text(blocks: Sequence[Keys], texts: int) -> Keys:
    """Sort the keys of several texts; each block must already be ordered by text.

    Sorting many short arrays is faster than sorting a long one.
    """
    bounds = np.arange(texts + 1)
    cuts = [(block // A_TEXT).searchsorted(bounds).tolist() for block in blocks]
    parts = []
    for text in range(texts):
        pairs = zip(blocks, cuts, strict=True)
        part = np.concatenate([block[cut[text] : cut[text + 1]] for block, cut in pairs])
        part.sort()
        parts.append(part)
    return np.concatenate(parts)
