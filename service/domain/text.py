"""Clean readers' input: the result is plain text that cannot hide or reorder anything."""

import re
import unicodedata

from service.domain import invisibles
from service.domain.marks import stream_safe

MAX_MARKS = 4
# Tibetan letters are stacked; Hebrew letters carry points, vowels and accents.
LONGER_STACKS = ((re.compile("[\u0f71-\u0fbc]"), 9), (re.compile("[\u0591-\u05c7]"), 6))
# Letters and symbols by category, but invisible: Hangul fillers, the Braille blank.
UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# As wide as a letter, and empty.
BLANK_LETTERS = re.compile("[\u3164\uffa0]")
# Format characters that are seen: signs around numbers and words (Prepended_Concatenation_Mark).
SEEN_FORMAT = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
# Emoji and Han characters of a later Unicode than this Python knows.
NEWER = re.compile("[\U0001f000-\U0001fbff\U00020000-\U0002fffd\U00030000-\U0003fffd]")
BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028]")
BLANK_LINES = re.compile(r"\n{3,}")
# Matches only at the start of a run, so that a run without a break is scanned once.
SPACES = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]+\n")
# What is removed may bring together what is judged anew; more often than this is no accident.
ROUNDS = 3


def clean_body(text: str) -> str:
    """Normalize a text for storage: unified line breaks, nothing idle, no endless stacks.

    Bidirectional controls (UAX #9) and invisible characters are removed where they let a comment
    display something else than it contains; so are marks beyond four on one letter ("zalgo").
    What a script or an emoji needs stays (see `invisibles`). The result is in NFC.
    """
    unified = BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    seen = _settled(_nfc(_visible(_nfc(stream_safe(_whole(unified))))))
    return BLANK_LINES.sub("\n\n", SPACES.sub("\n", seen)).strip()


def clean_name(text: str) -> str:
    """Normalize a name: one line, single spaces, nothing idle, no signs of direction."""
    undirected = "".join(char for char in text if char not in invisibles.DIRECTIONS)
    return " ".join(clean_body(undirected.replace("\u2800", " ")).split())


def is_blank(text: str) -> bool:
    """Return whether the text has no visible character."""
    return not any(_is_seen(char) for char in text)


def _is_seen(char: str) -> bool:
    is_sign = unicodedata.category(char)[0] in "LNPS" or NEWER.match(char) is not None
    return is_sign and char not in UNSEEN


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _visible(text: str) -> str:
    visible: list[str] = []
    marks = 0
    for char in BLANK_LETTERS.sub(" ", text):
        category = unicodedata.category(char)
        if invisibles.RUN.match(char):
            visible.append(char)
        elif category in ("Mn", "Me"):
            marks += 1
            if marks <= MAX_MARKS or marks <= _highest(char):
                visible.append(char)
        elif not _is_hidden(char, category):
            marks = 0
            visible.append(char)
    return "".join(visible)


def _highest(mark: str) -> int:
    return next((most for marks, most in LONGER_STACKS if marks.match(mark)), MAX_MARKS)


def _is_hidden(char: str, category: str) -> bool:
    if category == "Cn":
        return not NEWER.match(char)
    return category in ("Cc", "Cf", "Cs", "Co") and char not in "\n\t" and char not in SEEN_FORMAT


def _settled(text: str) -> str:
    """Remove idle invisible characters until nothing changes."""
    for _ in range(ROUNDS):
        cleaned = _nfc(invisibles.without_idle(text))
        if cleaned == text:
            return text
        text = cleaned
    return _nfc(invisibles.without_any(text))
