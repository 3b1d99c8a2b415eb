"""Temporary text preparation."""

import re
import unicodedata
from pathlib import Path

from tokenizers import Tokenizer

from models.reading.draft import TextDraft
from models.reading.identity import IDENTITY_MARK
from models.reading.lexicon import Lexicon
from models.reading.normal_form import fold
from models.reading.words import WordReader

_EMOJI = re.compile("[\u2600-\u27bf\U0001f1e6-\U0001f3fa\U0001f400-\U0001faff]")
_MARKED = re.compile(IDENTITY_MARK + r"\w+")


class PieceReader:
    def __init__(self, tokenizer: Path, lexicon: Lexicon, longest: int) -> None:
        self.reader = WordReader(lexicon)
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(longest)

    def both(self, text: str) -> tuple[str, str | None]:
        draft = TextDraft(_EMOJI.sub(_name, text[:1500]))
        fold(draft)
        self.reader.read(draft)
        read = draft.text.strip()
        if IDENTITY_MARK not in read:
            return read, None
        return read.replace(IDENTITY_MARK, ""), _MARKED.sub("[MASK]", read)

    def pieces(self, text: str) -> list[int]:
        return self.tokenizer.encode(text).ids


def _name(emoji: re.Match[str]) -> str:
    return f" {unicodedata.name(emoji[0], '').lower()} "
