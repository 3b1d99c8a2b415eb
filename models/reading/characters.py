"""The plain form of each character: the lower-case letter that a reader sees in it."""

import re
import unicodedata
from typing import Final

from models.reading.identity import IDENTITY_MARK

KANA_MARKS: Final = frozenset("\u3099\u309a")  # with and without are different letters
BLANK: Final = frozenset(("Zs", "Zl", "Zp", "Cc"))
UNSEEN: Final = frozenset(("Cf", "Cs", "Cn", "Co", "Mn", "Me", "Mc"))
SKIN_TONES: Final = range(0x1F3FB, 0x1F400)

# Letters of other alphabets that look like Latin ones, as (foreign, Latin).
CYRILLIC: Final = (
    "аеосрхукмтвнѕіїјһԁԛԝӏьёғгАЕОСРХУКМТВНЅІЇЈҺԀԚԜӀЬЁ",
    "aeocpxykmtbhsiijhdqwlbefraeocpxykmtbhsiijhdqwlbe",
)
GREEK: Final = (
    "αβγεζηικνορτυχωϲϳσμΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿΣ",
    "abyezniknoptuxwcjouabezhikmnoptyxcje",
)
OTHERS: Final = (
    "օոսցհյզքեսՕՍՏԼᎪᏴᏟᎠᎬᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜꓮ",
    "onughjqpeuouslabcdehijklmprstvwzbcdefghijklmnoprstuvwxyza",
)
LATIN_TWINS: Final = {
    ord(theirs): ours
    for script in (CYRILLIC, GREEK, OTHERS)
    for theirs, ours in zip(*script, strict=True)
}
CYRILLIC_TWINS: Final = {
    ord(ours): theirs for theirs, ours in zip("аеосрхукмтвнѕі", "aeocpxykmtbhsi", strict=True)
}
DRAWN: Final = dict(zip("ıȷɑɡɩʟʀɴɪʏʜʙɢɛɔʌʊəæœøłđħŧðþßſƒ", (
    *"ijagilrniyhbgeouue", "ae", "oe", *"oldhtd", "th", "ss", *"sf"
), strict=True))  # fmt: skip
LATIN_NAME: Final = re.compile(
    r"(?:LATIN (?:SMALL |CAPITAL )?LETTER |NEGATIVE \w+ LATIN CAPITAL LETTER )"
    r"(?:SMALL CAPITAL |SCRIPT |BARRED |BLACKLETTER |OPEN |REVERSED |TURNED )*([A-Z])(?: WITH .*)?$"
)


class PlainForms(dict[int, str]):
    """The plain form of each code point, computed on first use."""

    def __missing__(self, code: int) -> str:
        """Compute the plain form of one character and store it."""
        plain = plain_form(chr(code))
        self[code] = plain
        return plain


def plain_form(char: str) -> str:
    """Return the character that a reader sees; an empty string if it is invisible.

    Capitals of other alphabets keep their case, since "Н" looks like "h" where "н" does not.
    """
    if unicodedata.category(char) in BLANK:
        return " "
    parts = unicodedata.normalize("NFKD", char)
    return "".join(_plain_part(part) for part in parts if not _is_unseen(part)).strip() or (
        " " if parts.isspace() else ""
    )


def _is_unseen(char: str) -> bool:
    if char in KANA_MARKS:
        return False
    if char == IDENTITY_MARK:
        return True  # only the classifier may set this mark; an author could hide words with it
    return unicodedata.category(char) in UNSEEN or ord(char) in SKIN_TONES


def _plain_part(char: str) -> str:
    if char in DRAWN:
        return str(DRAWN[char])
    letter = LATIN_NAME.search(unicodedata.name(char, ""))
    if letter:
        return letter[1].lower()
    lowered = char.lower()
    return DRAWN.get(lowered, lowered) if ord(char) not in LATIN_TWINS else char


PLAIN: Final = PlainForms()
