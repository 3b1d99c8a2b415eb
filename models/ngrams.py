"""Texts become hashed features: words, pairs of words and parts of words, all by array work."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features import (
    ASIDE_GROUP,
    CHAR_GROUP,
    GROUPS,
    PLACE_MASK,
    ROW_SHIFT,
    WORD_GROUP,
    Codes,
    Features,
    Hashes,
    Occurrences,
    Places,
    Scheme,
    counted,
)
from models.identity import IDENTITY_MARK

Spans = list[tuple[Places, Places]]

SPACE: Final = 32
MARK: Final = ord(IDENTITY_MARK)
POWER: Final = 0x9E3779B97F4A7C15
MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
PIVOT_BITS: Final = 18
PIVOT_SHIFT: Final = np.uint64(64 - PIVOT_BITS)
LONGEST_WORD: Final = 64
POWERS: Final = np.array([pow(POWER, n, 1 << 64) for n in range(LONGEST_WORD)], np.uint64)
PAIR_SEED: Final = np.uint64(0xD6E8FEB86659FD93)
TERM_SEED: Final = np.uint64(0x8EBC6AF09C88C6E3)
GAP_SEED: Final = np.uint64(0xA0761D6478BD642F)
CHAR_SEED: Final = np.uint64(0xE7037ED1A0B428DB)
NO_KEYS: Final = np.empty(0, np.uint64)
NOWHERE: Final = np.empty(0, np.int64)


class Hasher:
    """Turns texts of space-separated words (with a space at both ends) into features."""

    def __init__(self, scheme: Scheme) -> None:
        """Hash by this scheme."""
        self.scheme = scheme
        self._shift = np.uint64(64 - scheme.bits)
        self._aside_shift = np.uint64(64 - scheme.aside)
        lengths = range(scheme.shortest, scheme.longest + 1)
        self._rooms = np.array([[max(length - 1, 1)] for length in lengths])
        self._reach = np.array([gap for gap in range(-scheme.reach, scheme.reach + 1) if gap])
        self._pivots = _pivot_table(scheme.pivots)

    def features(self, texts: Sequence[str]) -> Features:
        """Count the distinct features of each text; `rows` is text times GROUPS plus group."""
        blocks = self._blocks("".join(texts), [len(text) for text in texts], None)
        return counted(np.concatenate([NO_KEYS, *blocks]))

    def occurrences(self, text: str) -> Occurrences:
        """Find every feature of one text where it stands."""
        spans: Spans = []
        keys = np.concatenate([NO_KEYS, *self._blocks(text, [len(text)], spans)])
        return Occurrences(
            rows=(keys >> ROW_SHIFT).astype(np.int64),
            places=(keys & PLACE_MASK).astype(np.int64),
            starts=np.concatenate([NOWHERE, *(starts for starts, _ in spans)]),
            ends=np.concatenate([NOWHERE, *(ends for _, ends in spans)]),
        )

    def _blocks(self, joined: str, lengths: list[int], spans: Spans | None) -> list[Hashes]:
        codes = codes_of(joined)
        owner = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
        mixed = codes.astype(np.uint64) * MIX
        blocks = self.part_blocks(codes, mixed, owner, spans)
        if self.scheme.words:
            blocks += self._word_blocks(codes, mixed, owner, spans)
        return blocks

    def part_blocks(
        self, codes: Codes, mixed: Hashes, owner: Hashes, spans: Spans | None
    ) -> list[Hashes]:
        """Hash parts of words, with the space before or after as a part of the word."""
        size = len(codes)
        is_space = codes == SPACE
        spaces = is_space.nonzero()[0]
        seen = is_space.cumsum()
        room = np.concatenate((spaces, (size,)))[seen] - np.arange(size)
        room[is_space & (room < 2)] = 0
        if self.scheme.words and len(marks := (codes == MARK).nonzero()[0]):
            marked = np.zeros(len(spaces) + 1, np.bool_)
            marked[seen[marks]] = True
            room[marked[seen]] = 0
        shortest, longest = self.scheme.shortest, self.scheme.longest
        padded = np.zeros(size + longest, np.uint64)
        padded[:size] = mixed
        hashes = np.empty((longest, size), np.uint64)
        np.multiply(mixed, CHAR_SEED, out=hashes[0])
        for more in range(1, longest):
            np.multiply(padded[more : more + size], POWERS[more + 1], out=hashes[more])
            hashes[more] += hashes[more - 1]
        fits = room >= self._rooms
        which, at = fits.nonzero()
        found = self.place(hashes[which + (shortest - 1), at])
        found |= owner[at] * np.uint64(GROUPS) + np.uint64(CHAR_GROUP) << ROW_SHIFT
        if spans is not None:
            spans.append((at, at + which + shortest))
        return [found]

    def _word_blocks(
        self, codes: Codes, mixed: Hashes, owner: Hashes, spans: Spans | None
    ) -> list[Hashes]:
        """Hash words, neighbours, and words that stand near a pivot such as "you"."""
        spaces = (codes == SPACE).nonzero()[0]
        filled = (spaces[1:] - spaces[:-1] > 1).nonzero()[0]
        if not len(filled):
            return []
        starts, ends = spaces[filled] + 1, spaces[filled + 1]
        hashes = word_hashes(mixed, starts, ends)
        marked = (codes[starts] == MARK).nonzero()[0]
        blocks, found = self.among_words(hashes, owner[starts], marked)
        if spans is not None:
            spans += ((starts[first], ends[last]) for first, last in found)
        return blocks

    def among_words(
        self, hashes: Hashes, texts: Hashes, marked: Places
    ) -> tuple[list[Hashes], Spans]:
        """Hash words and neighbours by the hashes of the words, and say which words took part."""
        base = texts * np.uint64(GROUPS) + np.uint64(WORD_GROUP) << ROW_SHIFT
        terms = hashes[marked]
        hashes = hashes.copy()
        hashes[marked] = MARK_HASH
        plain = (hashes != MARK_HASH).nonzero()[0] if len(marked) else np.arange(len(hashes))
        blocks = [(base | self.place(hashes))[plain]]
        found = [(plain, plain)]
        if self.scheme.pairs:
            left = self._neighbours(texts)
            pairs = hashes[left] * PAIR_SEED + hashes[left + 1]
            blocks.append(base[left] | self.place(pairs))
            found.append((left, left + 1))
        if self.scheme.aside:
            self._add_asides(hashes, texts, marked, terms, blocks, found)
        return blocks, found

    def _neighbours(self, texts: Hashes) -> Places:
        """Find the words that have another of the same text after them."""
        if texts[0] == texts[-1]:
            return np.arange(len(texts) - 1)
        together: Places = (texts[:-1] == texts[1:]).nonzero()[0]
        return together

    def _add_asides(
        self,
        hashes: Hashes,
        texts: Hashes,
        marked: Places,
        terms: Hashes,
        blocks: list[Hashes],
        found: Spans,
    ) -> None:
        """Hash the names of groups, and words together with a pivot up to `reach` words away."""
        base = texts * np.uint64(GROUPS) + np.uint64(ASIDE_GROUP) << ROW_SHIFT
        if len(marked):
            blocks.append(base[marked] | self._place_aside(terms * TERM_SEED))
            found.append((marked, marked))
        near = self._pivots[(hashes >> PIVOT_SHIFT).astype(np.int64)].nonzero()[0]
        if not len(near):
            return
        around = near[:, None] + self._reach
        first, last = np.minimum(near[:, None], around), np.maximum(near[:, None], around)
        inside = (first >= 0) & (last < len(hashes))
        a, b = first[inside], last[inside]
        same = texts[a] == texts[b]
        a, b = a[same], b[same]
        blocks.append(base[a] | self._place_aside(hashes[a] * GAP_SEED + hashes[b]))
        found.append((a, b))

    def _place_aside(self, hashes: Hashes) -> Hashes:
        mixed = (hashes ^ (hashes >> np.uint64(29))) * MIX >> self._aside_shift
        return mixed + np.uint64(1 << self.scheme.bits)

    def place(self, hashes: Hashes) -> Hashes:
        """Bring hashes to places in the table."""
        return (hashes ^ (hashes >> np.uint64(29))) * MIX >> self._shift


def word_hashes(mixed: Hashes, starts: Places, ends: Places) -> Hashes:
    """Hash each word from its letters and their places in it."""
    lengths = ends - starts
    ends_here = lengths.cumsum()
    offsets = ends_here - lengths
    within = np.arange(ends_here[-1]) - offsets.repeat(lengths)
    letters = within + starts.repeat(lengths)
    weighed = mixed[letters] * POWERS[within % LONGEST_WORD]
    summed = np.add.reduceat(weighed, offsets)
    return finished(summed)


def finished(summed: Hashes) -> Hashes:
    """Mix the bits of sums over the letters of words."""
    return np.asarray((summed ^ (summed >> np.uint64(31))) * MIX, np.uint64)


def codes_of(text: str) -> Codes:
    """Give the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def _hash_of(word: str) -> np.uint64:
    codes = np.frombuffer(word.encode("utf-32-le"), np.uint32)
    return np.uint64(
        word_hashes(codes.astype(np.uint64) * MIX, np.array([0]), np.array([len(word)]))[0]
    )


def _pivot_table(words: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the hashes of the pivot words."""
    table = np.zeros(1 << PIVOT_BITS, np.bool_)
    for word in words:
        table[int(_hash_of(word) >> PIVOT_SHIFT)] = True
    return table


MARK_HASH: Final = _hash_of(IDENTITY_MARK)
