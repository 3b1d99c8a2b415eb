"""Invisible characters: those that scripts and emoji need, kept only where they do something.

Joiners follow RFC 5892 (A.1 and A.2) and what people write beyond it, variation selectors the
standardized and ideographic sequences (UTS #37), flags the recommended ones (UTS #51).
"""

import re
import unicodedata
from typing import Final

ZWSP, ZWNJ, ZWJ = "\u200b", "\u200c", "\u200d"
GRAPHEME_JOINER, VOWEL_SEPARATOR = "\u034f", "\u180e"
# Invisible letters that set the direction of the signs beside them (UAX #9).
DIRECTIONS: Final = frozenset("\u200e\u200f\u061c")
FILLERS: Final = frozenset("\u115f\u1160")
# All that may stay somewhere; a run of them is judged by the characters around it.
RUN: Final = re.compile(
    "[\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\ufe00-\ufe0f"
    "\U000e0020-\U000e007f\U000e0100-\U000e01ef]+"
)

# Scripts and emoji in which a joiner between two characters means something.
JOINING: Final = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1b00-\u1bff\ua840-\ua8ff\ua980-\ua9df"
    "\ufb50-\ufdff\ufe70-\ufefc\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
    "\U00010ac0-\U00010aff\U00010d00-\U00010d3f\U00010f30-\U00010fcb\U00011000-\U00011fff"
    "\U0001e900-\U0001e95f]"
)
# Letters and marks that are written joined: a joiner changes their form at the edge of a word.
CURSIVE: Final = re.compile(
    "[\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06ef\u06fa-\u06ff\u0710-\u085b\u0860-\u08e1"
    "\u08e3-\u08ff\u1807\u1820-\u18aa\ua840-\ua873\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010ac0-\U00010ae6\U00010d00-\U00010d27\U00010f30-\U00010fcb\U0001e900-\U0001e94b]"
)
# Scripts without spaces, where U+200B shows where a line may break.
UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f"
    "\ua980-\ua9ff\uaa60-\uaadf]"
)
JAMO: Final = re.compile("[\u1100-\u115e\u1161-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")
HEBREW_POINT: Final = re.compile("[\u0591-\u05c7]")
MONGOLIAN: Final = re.compile("[\u1807\u1820-\u18aa]")

# The combining class of the signs that take an Indic letter's vowel away.
VIRAMA = 9

KEYCAPS, KEYCAP = frozenset("0123456789#*"), "\u20e3"
PICTURE: Final = re.compile("[©®‼⁉™ℹ\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
HAN: Final = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\ufa0e-\ufa29\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
# Which selector may follow which character.
SELECTORS: Final = (
    (re.compile("[\ufe0e\ufe0f]"), PICTURE),
    (re.compile("[\ufe00-\ufe02\U000e0100-\U000e01ef]"), HAN),
    (re.compile("[\ufe00\ufe01]"), re.compile("[、。！，．：；？]")),
    (
        re.compile("\ufe00"),
        re.compile("[0\u1000-\u109f\u2205\u2229-\u22db\u2a3c-\u2acc\ua840-\ua877\uaa60-\uaa7f]"),
    ),
    (re.compile("[\u180b-\u180d\u180f]"), MONGOLIAN),
)
# England, Scotland and Wales: the flags of subdivisions that devices know.
BLACK_FLAG = "\U0001f3f4"
SUBDIVISION: Final = re.compile(
    "(?:{})\U000e007f".format(
        "|".join(
            "".join(chr(0xE0000 + ord(letter)) for letter in code)
            for code in ("gbeng", "gbsct", "gbwls")
        )
    )
)


def without_idle(text: str) -> str:
    """Remove the invisible characters that do nothing where they are, since they only disguise."""
    return "\n".join(map(_line, text.split("\n"))) if RUN.search(text) else text


def without_any(text: str) -> str:
    """Remove all of them."""
    return RUN.sub("", text)


def _line(line: str) -> str:
    around = f" {line} "
    is_rtl = not DIRECTIONS.isdisjoint(line) and any(map(_is_rtl, line))
    return RUN.sub(
        lambda run: _needed(run[0], around[run.start()], around[run.end() + 1], is_rtl), line
    )


def _needed(run: str, before: str, after: str, is_rtl: bool) -> str:
    """Return the part of a run that does something: what selects a form, then one character."""
    flag = SUBDIVISION.match(run) if before == BLACK_FLAG else None
    if flag:
        return flag[0]
    selector = run[0] if _selects(run[0], before, after) else ""
    rest = run[len(selector) :]
    return selector + next((c for c in rest if _does_something(c, before, after, is_rtl)), "")


def _selects(selector: str, before: str, after: str) -> bool:
    if before in KEYCAPS and after == KEYCAP:
        return selector in "\ufe0e\ufe0f"
    return any(which.match(selector) and base.match(before) for which, base in SELECTORS)


def _does_something(char: str, before: str, after: str, is_rtl: bool) -> bool:
    if char in (ZWJ, ZWNJ):
        return _joins(char, before, after)
    if char == ZWSP:
        return _beside(UNSPACED, before, after) and not (before.isspace() or after.isspace())
    if char in DIRECTIONS:
        return is_rtl and not (_is_in_word(before) and _is_in_word(after))
    if char in FILLERS:
        return _beside(JAMO, before, after)
    if char == GRAPHEME_JOINER:
        return bool(HEBREW_POINT.match(before) and HEBREW_POINT.match(after))
    return char == VOWEL_SEPARATOR and bool(MONGOLIAN.match(before) and MONGOLIAN.match(after))


def _joins(joiner: str, before: str, after: str) -> bool:
    # Malayalam chillus end with a joiner, Kannada and Telugu words may with a non-joiner.
    if unicodedata.combining(before) == VIRAMA or (JOINING.match(before) and JOINING.match(after)):
        return True
    if joiner == ZWJ:
        return _beside(CURSIVE, before, after)
    # Persian endings stand apart from what they follow, be it a number or a quotation.
    return bool(CURSIVE.match(after)) and not before.isspace()


def _beside(script: re.Pattern[str], before: str, after: str) -> bool:
    return bool(script.match(before) or script.match(after))


def _is_in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _is_rtl(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL") and char not in DIRECTIONS
