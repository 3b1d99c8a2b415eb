"""Texts are normalized chunk by chunk between spaces; frequent chunks come from a cache."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from models.reading.draft import TextDraft
from models.reading.memory import Memory

_SIGNS: Final = re.compile(r"([^\w\s])(?:\s*\1)+")
SPELT: Final = re.compile(r"(?<![^\W_])[^\W_][\W_]{1,3}[^\W_][\W_]{1,3}[^\W_](?![^\W_])")
_SHAPE: Final = bytes(ord("a" if chr(code).isalnum() else " ") for code in range(256))
_TWO_ALONE: Final = (b" a a ", b" a  a ", b" a   a ")


class Chunks:
    """Normalizes each chunk between two spaces, where its neighbours do not matter."""

    def __init__(
        self,
        rewrite: Callable[[TextDraft], None],
        at_once: Callable[[str], str | None] = lambda chunk: None,
    ) -> None:
        """Rewrite a draft of each chunk, unless `at_once` already returns its normal form."""
        self._rewrite = rewrite
        self._at_once = at_once
        self._memory = Memory(self._read)

    def joined(self, text: str) -> str:
        """Normalize every chunk and join them with one space between and around them."""
        read = " ".join(filter(None, self._memory.of(text.split())))
        return collapse_signs(f" {read} ") if read else " "

    def _read(self, chunks: Sequence[str]) -> list[str]:
        return [self._at_once(chunk) or self._rewritten(chunk) for chunk in chunks]

    def _rewritten(self, chunk: str) -> str:
        draft = TextDraft(chunk)
        self._rewrite(draft)
        return draft.text.strip()


def collapse_signs(text: str) -> str:
    """Replace a run of one sign by a single one."""
    return _SIGNS.sub(r"\1", text)


def may_be_spelt_out(text: str) -> bool:
    """Say whether three single letters follow each other, as in "U.S.A." or "f o x"."""
    if text.isascii():  # a quick test: few texts have even two single letters
        shape = f" {text} ".encode().translate(_SHAPE)
        if not any(two in shape for two in _TWO_ALONE):
            return False
    return SPELT.search(text) is not None
