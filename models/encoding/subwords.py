"""Subwords: the pieces into which a pretrained vocabulary of many languages splits a text."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

WORD_START: Final = "\u2581"  # stands for the space before a word
# Scripts that put no space between words: there, every piece is about a word.
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

_END: Final = re.compile(f"{WORD_START}?[\"'»”’)\\]]*[.!?…。！？؟।]+[\"'»”’)\\]]*")


class Place(NamedTuple):
    """A piece by its id, and the characters of the text that it stands for."""

    id: int
    start: int
    end: int


class Subwords:
    """A model of pieces as SentencePiece wrote it (https://arxiv.org/abs/1808.06226)."""

    def __init__(self, model: bytes) -> None:
        """Use a serialized model.

        :raises ValueError: it is none, or does not mark the ends of texts.
        """
        # Imported late: a classifier without a second reading should not pay for it.
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor()
        try:
            self._processor.LoadFromSerializedProto(model)
        except RuntimeError as fault:
            raise ValueError(f"not a model of pieces ({fault})") from fault
        self.first: int = self._processor.bos_id()
        self.last: int = self._processor.eos_id()
        if min(self.first, self.last) < 0:
            raise ValueError("the model of pieces does not mark the ends of texts")

    @classmethod
    def load(cls, path: Path) -> "Subwords":
        """Read a model.

        :raises OSError: the file cannot be read.
        :raises ValueError: it is no such model.
        """
        return cls(path.read_bytes())

    def __len__(self) -> int:
        """Return the number of pieces."""
        return int(self._processor.vocab_size())

    def ids(self, text: str) -> list[int]:
        """Return the ids of the pieces of a text without lone surrogates."""
        return list(self._processor.encode(text, return_type=int))

    def places(self, text: str) -> list[Place]:
        """Return the pieces of a text with their places; a space belongs to the word after it."""
        found = self._processor.encode(text, return_type="offset_mapping")
        return [
            Place(id_, start, end)
            for id_, (start, end) in zip(found["ids"], found["offsets"], strict=True)
        ]

    def begins_word(self, piece: int) -> bool:
        """Say whether a word begins with a piece."""
        written: str = self._processor.id_to_piece(piece)
        return written.startswith(WORD_START) or _UNSPACED.search(written) is not None

    def ends_sentence(self, piece: int) -> bool:
        """Say whether a piece is a full stop or the like, with or without closing quotes."""
        return _END.fullmatch(self._processor.id_to_piece(piece)) is not None

    def word_starts(self, pieces: Sequence[int]) -> list[int]:
        """Return the places in a sequence of pieces at which words begin."""
        return [place for place, piece in enumerate(pieces) if self.begins_word(piece)]
