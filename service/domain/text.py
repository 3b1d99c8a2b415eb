"""Clean what a reader typed: plain text that can neither hide nor reorder anything."""

import re
import unicodedata

# Format characters (Unicode category Cf) that scripts and emoji need; they stay between letters.
JOINERS = frozenset("\u200c\u200d")
MAX_MARKS = 4
# Letters and symbols by category, but with nothing to see: Hangul fillers, Braille's blank.
UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
BLANK_LINES = re.compile(r"\n{3,}")
SPACES = re.compile(r"[ \t\u00a0]+\n")


def clean_body(text: str) -> str:
    """Give the text as it is kept: line breaks unified, nothing invisible, no stacked marks.

    Bidirectional controls (UAX #9) and zero-width characters go, since they let a comment show
    something else than it says; marks beyond four on one letter go ("zalgo").
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    visible = "".join(_visible(unicodedata.normalize("NFC", _whole(unified))))
    return BLANK_LINES.sub("\n\n", SPACES.sub("\n", visible)).strip()


def clean_name(text: str) -> str:
    """Give a name as it is shown: one line, single spaces, nothing invisible."""
    return " ".join(clean_body(text).split())


def is_blank(text: str) -> bool:
    """Tell whether nothing of the text can be seen."""
    return not any(unicodedata.category(char)[0] in "LNPS" and char not in UNSEEN for char in text)


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MAX_MARKS or (category in ("Cc", "Cs", "Co", "Cn") and char not in "\n\t"):
            continue
        if category == "Cf" and not (char in JOINERS and kept and not kept[-1].isspace()):
            continue
        kept.append(char)
    return kept
