"""WordPiece: words are split into the longest pieces that a pretrained vocabulary knows.

Gives the same pieces as the uncased tokenizer of BERT (https://arxiv.org/abs/1810.04805) does for
text that has been folded already; only the two sound marks of kana, which folding keeps, differ.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from models.reading.memory import Memory

UNKNOWN: Final = "[UNK]"
FIRST: Final = "[CLS]"
LAST: Final = "[SEP]"
MASK: Final = "[MASK]"
INNER: Final = "##"
LONGEST_WORD: Final = 100
NOT_A_CHARACTER: Final = "\ufffd"  # where an encoding was read wrongly
_IDEOGRAPH: Final = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df"
    "\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f]"
)
_ASCII_SIGNS: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class TextPiece(NamedTuple):
    """One entry of the vocabulary and the characters of the chunk that it stands for."""

    id: int
    start: int
    end: int


class WordPiece:
    """Splits chunks between spaces; caches them, which never changes a result."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Use a vocabulary, in which each piece stands at the place of its id.

        :raises ValueError: a special piece is missing.
        """
        self._ids = {piece: place for place, piece in enumerate(vocabulary)}
        self._longest = max(map(len, vocabulary), default=0)
        self.unknown, self.first, self.last, self.mask = (
            self._special(piece) for piece in (UNKNOWN, FIRST, LAST, MASK)
        )
        self._memory = Memory(lambda chunks: [self._split(chunk) for chunk in chunks])

    @classmethod
    def load(cls, path: Path) -> "WordPiece":
        """Read a vocabulary from a file with one piece a line.

        :raises OSError: the file cannot be read.
        :raises ValueError: it is not UTF-8, or lacks a special piece.
        """
        return cls(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))

    def __len__(self) -> int:
        """Return the number of pieces in the vocabulary."""
        return len(self._ids)

    def pieces(self, chunks: Sequence[str]) -> list[tuple[TextPiece, ...]]:
        """Return the pieces of each chunk; a chunk holds no space."""
        return self._memory.of(chunks)

    def _special(self, piece: str) -> int:
        if piece not in self._ids:
            raise ValueError(f"the vocabulary lacks {piece}")
        return self._ids[piece]

    def _split(self, chunk: str) -> tuple[TextPiece, ...]:
        return tuple(
            TextPiece(id_, start + left, start + right)
            for start, word in _words(chunk)
            for id_, left, right in self._longest_first(word)
        )

    def _longest_first(self, word: str) -> list[TextPiece]:
        """Take the longest known piece from the left; a word with an unknown rest is unknown."""
        if len(word) > LONGEST_WORD:
            return [TextPiece(self.unknown, 0, len(word))]
        pieces: list[TextPiece] = []
        start = 0
        while start < len(word):
            piece = self._piece_at(word, start)
            if piece is None:
                return [TextPiece(self.unknown, 0, len(word))]
            pieces.append(piece)
            start = piece.end
        return pieces

    def _piece_at(self, word: str, start: int) -> TextPiece | None:
        prefix = INNER if start else ""
        for end in range(min(len(word), start + self._longest), start, -1):
            id_ = self._ids.get(prefix + word[start:end])
            if id_ is not None:
                return TextPiece(id_, start, end)
        return None


def _words(chunk: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a chunk with their starts; signs and ideographs are words of their own."""
    if chunk.isalnum() and chunk.isascii():
        yield 0, chunk
        return
    start = 0
    for place, char in enumerate(chunk):
        if _stands_alone(char):
            if start < place:
                yield start, chunk[start:place]
            if char != NOT_A_CHARACTER:
                yield place, char
            start = place + 1
    if start < len(chunk):
        yield start, chunk[start:]


def _stands_alone(char: str) -> bool:
    if char.isascii():
        return char in _ASCII_SIGNS
    if char == NOT_A_CHARACTER:
        return True
    return unicodedata.category(char)[0] == "P" or _IDEOGRAPH.match(char) is not None
