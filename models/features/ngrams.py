"""Hashed features of texts: words, pairs of words and parts of words, computed on arrays."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from models.features.neighbours import MIX, Neighbours, rows_of
from models.features.occurrences import (
    CHAR_GROUP,
    GROUPS,
    PLACE_MASK,
    ROW_SHIFT,
    Codes,
    Features,
    Hashes,
    Occurrences,
    Places,
    Scheme,
    count_equal,
)
from models.reading.identity import IDENTITY_MARK

Spans = list[tuple[Places, Places]]

SPACE: Final = 32
MARK: Final = ord(IDENTITY_MARK)
POWER: Final = 0x9E3779B97F4A7C15
LONGEST_WORD: Final = 64
POWERS: Final = np.array([pow(POWER, n, 1 << 64) for n in range(LONGEST_WORD)], np.uint64)
CHAR_SEED: Final = np.uint64(0xE7037ED1A0B428DB)
NO_KEYS: Final = np.empty(0, np.uint64)
NOWHERE: Final = np.empty(0, np.int64)


class Hasher:
    """Turns texts of space-separated words (with a space at both ends) into features."""

    def __init__(self, scheme: Scheme) -> None:
        """Hash by this scheme."""
        self.scheme = scheme
        lengths = range(scheme.shortest, scheme.longest + 1)
        self._rooms = np.array([[max(length - 1, 1)] for length in lengths])
        pivots = [_hash_of(word) for word in scheme.pivots if scheme.aside]
        self.neighbours = Neighbours(scheme, np.array(pivots, np.uint64))

    def features(self, texts: Sequence[str]) -> Features:
        """Count the distinct features of each text; `rows` is text times GROUPS plus group."""
        blocks = self._blocks("".join(texts), [len(text) for text in texts], None)
        return count_equal(np.concatenate([NO_KEYS, *blocks]))

    def occurrences(self, text: str) -> Occurrences:
        """Find every feature of one text with its position."""
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
        """Hash parts of words; the spaces before and after count as characters of the word."""
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
        which, starts = fits.nonzero()
        hashed = self.neighbours.place(hashes[which + (shortest - 1), starts])
        hashed |= owner[starts] * np.uint64(GROUPS) + np.uint64(CHAR_GROUP) << ROW_SHIFT
        if spans is not None:
            spans.append((starts, starts + which + shortest))
        return [hashed]

    def _word_blocks(
        self, codes: Codes, mixed: Hashes, owner: Hashes, spans: Spans | None
    ) -> list[Hashes]:
        """Hash words, pairs of neighbours, and words near a pivot such as "you"."""
        spaces = (codes == SPACE).nonzero()[0]
        filled = (spaces[1:] - spaces[:-1] > 1).nonzero()[0]
        if not len(filled):
            return []
        starts, ends = spaces[filled] + 1, spaces[filled + 1]
        hashes = word_hashes(mixed, starts, ends)
        marked = (codes[starts] == MARK).nonzero()[0]
        blocks, members = self._among_words(hashes, owner[starts], marked)
        if spans is not None:
            spans += ((starts[first], ends[last]) for first, last in members)
        return blocks

    def _among_words(
        self, hashes: Hashes, texts: Hashes, marked: Places
    ) -> tuple[list[Hashes], Spans]:
        """Combine the hashes of words into keys; return the keys and the words behind each."""
        near, base = self.neighbours, rows_of(texts)
        blocks = [base[marked] + near.terms(hashes[marked])] if self.scheme.aside else []
        members = [(marked, marked)] if self.scheme.aside else []
        hashes[marked] = MARK_HASH
        plain = (hashes != MARK_HASH).nonzero()[0]
        blocks.append((base + near.place(hashes))[plain])
        members.append((plain, plain))
        if self.scheme.pairs:
            keys, first, last = near.pairs(hashes, texts)
            blocks.append(keys)
            members.append((first, last))
        if self.scheme.aside:
            pivots = near.are_pivots(hashes).nonzero()[0]
            keys, first, last = near.near_pivots(hashes, pivots, texts)
            blocks.append(keys)
            members.append((first, last))
        return blocks, members


def word_hashes(mixed: Hashes, starts: Places, ends: Places) -> Hashes:
    """Hash each word from its letters and their positions."""
    lengths = ends - starts
    ends_here = lengths.cumsum()
    offsets = ends_here - lengths
    within = np.arange(ends_here[-1]) - offsets.repeat(lengths)
    letters = within + starts.repeat(lengths)
    weighed = mixed[letters] * POWERS[within % LONGEST_WORD]
    summed = np.add.reduceat(weighed, offsets)
    return finish(summed)


def finish(summed: Hashes) -> Hashes:
    """Mix the bits of sums over the letters of words."""
    return np.asarray((summed ^ (summed >> np.uint64(31))) * MIX, np.uint64)


def codes_of(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def _hash_of(word: str) -> np.uint64:
    codes = np.frombuffer(word.encode("utf-32-le"), np.uint32)
    return np.uint64(
        word_hashes(codes.astype(np.uint64) * MIX, np.array([0]), np.array([len(word)]))[0]
    )


MARK_HASH: Final = _hash_of(IDENTITY_MARK)
