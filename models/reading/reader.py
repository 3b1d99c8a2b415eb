"""How the text of a language is split: known words, any words between spaces, or characters."""

import re
from enum import StrEnum
from typing import Final, Protocol

from models.reading.chunks import Chunks
from models.reading.draft import TextDraft
from models.reading.lexicon import Lexicon
from models.reading.words import WordReader

_APART: Final = re.compile(r"(?<=[^\W_])(?=[^\w\s])|(?<=[^\w\s])(?=[^\W_])|_+")
_SIGNS: Final = re.compile(r"([^\w\s])(?:\s*\1)+")
_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")
_BLANKS: Final = re.compile(r"\s{2,}")
_ANY_BLANK: Final = re.compile(r"\s+")


class Style(StrEnum):
    """How a text is split into units."""

    KNOWN_WORDS = "known-words"
    WORDS = "words"
    CHARACTERS = "characters"


class TextReader(Protocol):
    """Rewrites a folded draft into the input of the hasher."""

    def read(self, draft: TextDraft) -> None:
        """Rewrite the draft, with a space at both ends."""


class SpacedReader:
    """Splits at spaces and treats signs as words of their own."""

    def __init__(self) -> None:
        """Start with an empty cache of chunks."""
        self._chunks = Chunks(_part_signs)

    def read(self, draft: TextDraft) -> None:
        """Separate words from signs and shorten runs of one letter."""
        if draft.origins is None:
            draft.text = self._chunks.joined(draft.text)
        else:
            _part_signs(draft)


class CharacterReader:
    """Reads scripts without spaces: spaces are ignored, every sequence of characters counts."""

    def read(self, draft: TextDraft) -> None:
        """Remove spaces and shorten runs of one letter."""
        draft.sub(_ANY_BLANK, "")
        draft.sub(_SIGNS, r"\1")
        draft.sub(_RUN, r"\1\1")
        draft.pad()


def reader_of(style: str, lexicon: Lexicon) -> TextReader:
    """Return the reader of a style."""
    match Style(style):
        case Style.KNOWN_WORDS:
            return WordReader(lexicon)
        case Style.WORDS:
            return SpacedReader()
        case Style.CHARACTERS:
            return CharacterReader()


def _part_signs(draft: TextDraft) -> None:
    draft.pad()
    draft.sub(_RUN, r"\1")
    draft.sub(_APART, " ")
    draft.sub(_SIGNS, r"\1")
    draft.sub(_BLANKS, " ")
