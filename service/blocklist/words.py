"""Blocked words and phrases: matched as whole words, in whatever form they are written.

Where a script has no spaces an entry is found in running text, as long as it starts and ends where
a syllable does; a word of one character has to stand alone there.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

from service.blocklist.reading import Reading
from service.domain import folding

KATAKANA: Final = "゠-ヿㇰ-ㇿ"
UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff"
    "\U00020000-\U0003fffd]"
)
# Thai and Lao vowels before their consonant, and signs that put a letter below another: what
# follows them is no start of a syllable. After the others a syllable is not at its end.
LEADING: Final = "[เแโใไເແໂໃໄ\u1039\u17d2\u1a60]"
# Also a Burmese consonant with a killer and a Thai one with a silencer, which end a syllable.
DEPENDENT: Final = "[ะาำๅະາຳຽゃゅょゎャュョヮ]|[\u1000-\u1021][\u103a\u1039]|[ก-ฮ]\u0e4c"
HANGUL: Final = re.compile("[가-힣]")
# What Korean puts at the end of a word.
PARTICLES: Final = (
    "(?:들)?(?:은|는|이|가|을|를|의|에|에게|께|한테|야|아|이야|여|도|만|와|과|랑|이랑|로|으로|라|이라|고"
    "|이고|냐|이냐|네|이네|다|이다|인|임|같은|같이|처럼|보다|님|씨|놈|년|이지|지|죠|이죠|요|이요|예요|이에요|입니다)?"
)


class Word:
    """A word or a phrase."""

    def __init__(self, entry: str) -> None:
        self._text = folding.fold(entry).text.strip()
        self._loose = folding.same_i(self._text)

    def check(self) -> None:
        """Check the entry.

        :raises ValueError: nothing of it can be seen.
        """
        if not self._text:
            raise ValueError("nothing of it can be seen")

    def is_in(self, reading: Reading) -> bool:
        """Return whether a text contains the entry."""
        return next(self.places(reading), None) is not None

    def places(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield where it is in a text, without the blanks around it."""
        if not self._text or self._loose not in reading.loose:
            return
        text, place = reading.folded.text, 0
        while match := self._pattern.search(text, place):
            start, end = match.span(1)
            is_one = self._is_whole(text, start, end) and not self._is_harmless(text, start)
            if is_one:
                yield reading.folded.original(start, end)
            place = end if is_one else start + 1

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Letters only, with one character looked at on each side: there is nothing to try twice.
        body = "".join(map(_letter, self._text))
        return re.compile(f"{_before(self._text)}({body}){_after(self._text)}")

    def _is_whole(self, text: str, start: int, end: int) -> bool:
        """Return whether neither side is cut out of a word, nor a mark off its letter."""
        return self._may_begin(text[start], text[start - 1]) and self._may_end(
            text[end - 1], text[end]
        )

    def _may_begin(self, first: str, before: str) -> bool:
        if not folding.is_in_word(first):
            return True
        if self._stands_alone:
            return not folding.is_in_word(before)
        return bool(UNSPACED.match(first)) or not _is_spaced(before)

    def _may_end(self, last: str, after: str) -> bool:
        if not folding.is_in_word(last):
            return True
        if _is_mark(after) or (self._stands_alone and folding.is_in_word(after)):
            return False
        return bool(UNSPACED.match(last) or HANGUL.match(last)) or not _is_spaced(after)

    @cached_property
    def _stands_alone(self) -> bool:
        return len(self._text) == 1 and UNSPACED.match(self._text) is not None

    @cached_property
    def _longer(self) -> tuple[tuple[str, int], ...]:
        return tuple(
            (longer, match.start())
            for longer in _harmless()
            for match in re.finditer(f"(?={re.escape(self._text)})", longer)
        )

    def _is_harmless(self, text: str, start: int) -> bool:
        """Return whether it is a part of a longer word that is known to be harmless."""
        return any(text.startswith(word, start - offset) for word, offset in self._longer)


def _letter(char: str) -> str:
    return {"i": "[iI]", "ı": "[ıI]", "I": "[Iiı]"}.get(char) or re.escape(char)


def _before(text: str) -> str:
    """Return what to look at before a word; the rest of the rule is `_may_begin`."""
    first = text[0]
    if not UNSPACED.match(first):
        # Never right, and rules out nearly all of a long row of one letter.
        return f"(?<!{re.escape(first)})" if folding.is_in_word(first) else ""
    return f"(?<![{KATAKANA}])" if re.match(f"[{KATAKANA}]", first) else f"(?<!{LEADING})"


def _after(text: str) -> str:
    last = text[-1]
    if HANGUL.match(last):
        return f"(?={PARTICLES}(?![가-힣a-z0-9]))"
    if not UNSPACED.match(last):
        return ""
    return f"(?![{KATAKANA}])" if re.match(f"[{KATAKANA}]", last) else f"(?!{DEPENDENT})"


def _is_spaced(char: str) -> bool:
    return folding.is_in_word(char) and not UNSPACED.match(char)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


@cache
def _harmless() -> tuple[str, ...]:
    lines = files("service.blocklist").joinpath("harmless.txt").read_text("utf-8").splitlines()
    return tuple(folding.fold(line).text for line in lines if line and not line.startswith("#"))
