"""Folding: texts that read the same become the same, and each piece knows where it came from.

The folds are those of Unicode (NFKC, full case folding) and of the habits of writers: Arabic and
Hebrew without vowel signs, Arabic and Persian letters that look alike, Greek capitals without
accents, Indic letters with a joiner or of their own.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service.domain.marks import is_mark, stream_safe

# Seen as nothing (Default_Ignorable_Code_Point), whatever their category.
IGNORED: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
WIDE_BLANKS: Final = frozenset("\u2800\u3164\uffa0")
# Vowel signs, the tatweel, and strokes through letters: with and without is the same word.
UNWRITTEN: Final = re.compile(
    "[\u0332-\u0338\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff]"
)
GREEK_ACCENTS: Final = re.compile("(?<=[\u03b1-\u03c9])[\u0300\u0301\u0313\u0314\u0342]+")
ALIKE: Final = str.maketrans(
    {
        **{"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643"},
        **{"ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൿ": "ക്", "ৎ": "ত্"},
    }
)
JAMO: Final = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\u3131-\u318e\uffa1-\uffdc]")
# Longer runs of marks are honest nowhere, and not worth a place in memory.
REMEMBERED = 8
TATWEEL = "\u0640"
DOT_ABOVE = "\u0307"
# Turkish has two letters I, and no text says in which language its capital I is.
SAME_I: Final = str.maketrans("Iı", "ii")
PLAIN_ASCII: Final = {
    code: " " if chr(code).isspace() else chr(code).lower()
    for code in range(128)
    if chr(code) != "I"
}
DOUBLE_BLANK: Final = re.compile(r"\s\s")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts` and `ends` say where in the original each character came from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of a piece that is not empty."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text for comparing words: any blanks are one, "I" stays, as it may be i or ı."""
    if text.isascii() and not DOUBLE_BLANK.search(text):
        places = range(len(text))
        return Folded(text.translate(PLAIN_ASCII), places, range(1, len(text) + 1))
    return _collect(text, _folded_blank, _folded)


def plain(text: str) -> Folded:
    """Return a text without invisible characters and compatibility forms, in its own case."""
    if text.isascii():
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    return _collect(text, _own_blank, _composed)


def same_i(folded: str) -> str:
    """Make i, ı, İ and I one in a folded text."""
    return folded.translate(SAME_I)


def _collect(text: str, blank: Callable[[str, str], str], folding: Callable[[str], str]) -> Folded:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = ""
    for cluster, start, end in _clusters(text):
        if cluster.isspace() or cluster in WIDE_BLANKS:
            piece = blank(cluster, last)
            if not piece:
                ends[-1] = end
        else:
            piece = folding(cluster)
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
        last = piece or last
    return Folded("".join(pieces), starts, ends)


def _clusters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield letters with their marks, and syllables of jamo; nothing invisible."""
    letter: list[str] = []
    start = end = 0
    of_jamo = False
    for place, char in enumerate(text):
        if IGNORED.match(char):
            continue
        is_jamo = JAMO.match(char) is not None
        if letter and (is_mark(char) or (is_jamo and of_jamo and len(letter) < REMEMBERED)):
            letter.append(char)
            end = place + 1
            continue
        if letter:
            yield stream_safe("".join(letter)), start, end
        letter, start, end, of_jamo = [char], place, place + 1, is_jamo
    if letter:
        yield stream_safe("".join(letter)), start, end


def _folded_blank(_blank: str, last: str) -> str:
    return "" if last == " " else " "


def _own_blank(blank: str, _last: str) -> str:
    return blank


def _remembering(folding: Callable[[str], str]) -> Callable[[str], str]:
    remembered = lru_cache(maxsize=20_000)(folding)

    def fold_cluster(cluster: str) -> str:
        return (remembered if len(cluster) <= REMEMBERED else folding)(cluster)

    return fold_cluster


@_remembering
def _composed(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster)


@_remembering
def _folded(cluster: str) -> str:
    apart = unicodedata.normalize("NFKD", cluster)
    if apart[:1] in "Ii" and DOT_ABOVE in apart:
        apart = "i" + apart[1:].replace(DOT_ABOVE, "")
    small = "".join(char if char == "I" else char.casefold() for char in apart)
    written = UNWRITTEN.sub("", unicodedata.normalize("NFKD", small))
    return unicodedata.normalize("NFC", GREEK_ACCENTS.sub("", written).translate(ALIKE))


def is_in_word(char: str) -> bool:
    """Return whether a character is part of a word: a letter, a digit, a mark, not a sign."""
    return unicodedata.category(char)[0] in "LMN"
