"""A folded English text as words: disguised words are repaired, names of groups are marked."""

import re
from functools import lru_cache
from typing import Final

from models.reading.chunks import Chunks, may_be_spelt_out
from models.reading.draft import TextDraft
from models.reading.identity import IDENTITY_MARK, IDENTITY_TERMS
from models.reading.lexicon import Lexicon

# Looking for a star any further would take quadratic time in a text of nothing but apostrophes.
_POSSESSIVE: Final = re.compile(r"(?<=\w)['\u2019\u02bc`](?:s(?!\w))?(?!\S{0,40}\*)")
_EDGES: Final = re.compile(
    r"(?<=\w)[^\w\s*@$+]+(?=\s)|(?<=\s)[^\w\s*@$+]+(?=\w)|[,;:?\"/=<>\[\]{}]+"
)
_SPACED: Final = re.compile(
    r"(?<![^\s])(?:[^\W_](?:\s|[.\-_*~]{1,2}\s?|\s[.\-_*~]\s)){2,}[^\W_](?![^\s.])"
)
_SIGNS: Final = re.compile(r"([^\w\s])(?:\s*\1)+")
_BLANKS: Final = re.compile(r"\s{2,}")
FEW_MASKED: Final = 2
_SAME_GROUP: Final = re.compile(rf"({IDENTITY_MARK}\w+)(?: {IDENTITY_MARK}\w+)+")
_CHUNK: Final = re.compile(r"\S+")
_PART: Final = re.compile(r"\w+|[^\w\s]+")
_NOT_LETTER: Final = re.compile(r"[\W_]+")
_FRAMED: Final = re.compile(
    r"([(\"]?)([^\W_]+|[^\W_]{2,}(?:-[^\W_]{2,})+)(?:([.,!?;:)\"])\3*)?"  # (well-known)...
)


class WordReader:
    """Splits folded texts into words with the help of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Use this lexicon."""
        self.lexicon = lexicon
        self._plain = lexicon.words - IDENTITY_TERMS
        self._mended = lru_cache(maxsize=1 << 15)(self._mend)
        self._chunks = Chunks(self._rewrite, self._at_once)

    def read(self, draft: TextDraft) -> None:
        """Rewrite a folded draft as known words with single spaces between and around them."""
        if draft.origins is None and "*" not in draft.text and not may_be_spelt_out(draft.text):
            draft.text = self._chunks.joined(draft.text)
        else:
            self._rewrite(draft)
        if IDENTITY_MARK in draft.text:
            draft.sub(_SAME_GROUP, r"\1")

    def _at_once(self, chunk: str) -> str | None:
        """Normalize a single word with few signs around it, as `_rewrite` would; else None."""
        if chunk in self._plain:
            return chunk
        if not chunk.isalnum() and _POSSESSIVE.search(chunk):
            chunk = _POSSESSIVE.sub("", chunk)
        framed = _FRAMED.fullmatch(chunk)
        if framed is None:
            return None
        before, word, after = framed.groups("")
        read = word if word in self._plain else self._mended(word, False)
        return f"{before} {read} {after}".strip()

    def _rewrite(self, draft: TextDraft) -> None:
        draft.pad()
        if "'" in draft.text or "\u2019" in draft.text or "`" in draft.text:
            draft.sub(_POSSESSIVE, "")
        draft.sub(_EDGES, r" \g<0> ")
        if _SPACED.search(draft.text):
            draft.sub(_SPACED, self._joined)
        self._mend_chunks(draft)
        draft.sub(_SIGNS, r"\1")
        draft.sub(_BLANKS, " ")

    def _mend_chunks(self, draft: TextDraft) -> None:
        chunks = set(draft.text.split())
        masked = sum("*" in chunk for chunk in chunks) if "*" in draft.text else 0
        all_masked = masked > FEW_MASKED and 3 * masked > len(chunks)
        changes = {
            chunk: better
            for chunk in (chunks - self.lexicon.words) | (chunks & IDENTITY_TERMS)
            if (better := self._mended(chunk, all_masked)) != chunk
        }
        if changes:
            draft.sub(_CHUNK, lambda chunk: changes.get(chunk[0], chunk[0]))

    def _mend(self, chunk: str, all_masked: bool) -> str:
        if chunk.startswith(IDENTITY_MARK):
            return chunk
        if chunk in IDENTITY_TERMS:
            return IDENTITY_MARK + chunk
        word = self.lexicon.repair(chunk, all_masked=all_masked)
        if word not in self.lexicon and not word.isalnum():
            return " ".join(
                self._mend(part, all_masked) if part.isalpha() else part
                for part in _PART.findall(word)
            )
        return IDENTITY_MARK + word if word in IDENTITY_TERMS else word

    def _joined(self, run: re.Match[str]) -> str:
        letters = _NOT_LETTER.sub("", run[0])
        if letters in self.lexicon:
            return letters
        return " ".join(self.lexicon.segment(letters)) or run[0]
