"""Clean readers' input: the result is plain text that cannot hide or reorder anything."""

import re
import unicodedata

# Format characters (Unicode category Cf) that scripts and emoji need; they stay only between
# characters that join: anywhere else they only disguise words.
JOINERS = frozenset("\u200c\u200d")
JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
    "\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff\ufe0f]"
)
MAX_MARKS = 4
# Letters and symbols by category, but invisible: Hangul fillers, the Braille blank.
UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Invisible marks: the grapheme joiner, and variation selectors other than those of emoji.
UNSEEN_MARK = re.compile("[\u034f\u180b-\u180d\ufe00-\ufe0d\U000e0100-\U000e01ef]")
BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028]")
BLANK_LINES = re.compile(r"\n{3,}")
# Matches only at the start of a run, so that a run without a break is scanned once.
SPACES = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]+\n")


def clean_body(text: str) -> str:
    """Normalize a text for storage: unified line breaks, nothing invisible, no stacked marks.

    Bidirectional controls (UAX #9) and zero-width characters are removed, because they let a
    comment display something else than it contains; so are marks beyond four on one letter
    ("zalgo").
    """
    unified = BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    seen = _without_idle_joiners(_visible(unicodedata.normalize("NFC", _whole(unified))))
    # A removed character may have been between a letter and its mark.
    whole = unicodedata.normalize("NFC", seen)
    return BLANK_LINES.sub("\n\n", SPACES.sub("\n", whole)).strip()


def clean_name(text: str) -> str:
    """Normalize a name: one line, single spaces, nothing invisible."""
    seen = "".join(" " if char in UNSEEN else char for char in clean_body(text))
    return " ".join(seen.split())


def is_blank(text: str) -> bool:
    """Return whether the text has no visible character."""
    return not any(unicodedata.category(char)[0] in "LNPS" and char not in UNSEEN for char in text)


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _visible(text: str) -> str:
    visible: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            marks += 1
            if marks <= MAX_MARKS and not UNSEEN_MARK.match(char):
                visible.append(char)
        elif char in JOINERS or not _is_hidden(char, category):
            marks = marks if char in JOINERS else 0
            visible.append(char)
    return "".join(visible)


def _is_hidden(char: str, category: str) -> bool:
    return category in ("Cc", "Cf", "Cs", "Co", "Cn") and char not in "\n\t"


def _without_idle_joiners(text: str) -> str:
    around = f" {text} "
    return "".join(
        char
        for place, char in enumerate(text)
        if char not in JOINERS
        or (JOINING.match(around[place]) and JOINING.match(around[place + 2]))
    )
