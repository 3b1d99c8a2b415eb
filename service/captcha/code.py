"""The code that a reader copies: derived from a captcha, and compared with an answer."""

import hmac
import unicodedata
from functools import cache
from importlib.resources import files

from service.captcha.seal import seal
from service.captcha.token import IMAGE, Captcha

# Picture and sound carry the same code, so no two of these may look alike or sound alike:
# one of each rhyming family is left (3 of B C D E G P T V Z 3; 2 of 2 Q U; K of A J K; Y of I Y;
# H of H 8; 9 of 5 9; M of L M N; 6 and F of F S X 6), and nothing that looks like 0, 1, 5 or 8.
ALPHABET = "234679FHKMRWY"
LENGTH = 5
MAX_ANSWER = 64

# Characters accepted in place of one of the alphabet: those that look or sound like it and like no
# other, and the same shapes on a Greek or Cyrillic keyboard.
LOOK_ALIKES = {"1": "7", "Z": "2", "\N{CYRILLIC CAPITAL LETTER ZE}": "3"}
SOUND_ALIKES = {"5": "9", "J": "K", "N": "M", "S": "F"}
GREEK = {
    "\N{GREEK CAPITAL LETTER ETA}": "H",
    "\N{GREEK CAPITAL LETTER KAPPA}": "K",
    "\N{GREEK CAPITAL LETTER MU}": "M",
    "\N{GREEK CAPITAL LETTER UPSILON}": "Y",
}
CYRILLIC = {
    "\N{CYRILLIC CAPITAL LETTER EN}": "H",
    "\N{CYRILLIC CAPITAL LETTER KA}": "K",
    "\N{CYRILLIC CAPITAL LETTER EM}": "M",
    "\N{CYRILLIC CAPITAL LETTER U}": "Y",
}
FORGIVEN = str.maketrans(LOOK_ALIKES | SOUND_ALIKES | GREEK | CYRILLIC)


def code(secret: bytes, captcha: Captcha) -> str:
    """Derive the code of a captcha; it is not stored anywhere."""
    # 256 bits over 13 ** 5 codes: no code is likelier than another by more than 2 ** -237.
    number = int.from_bytes(seal(secret, "captcha code", bytes.fromhex(captcha.nonce)))
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def matches(secret: bytes, captcha: Captcha, answer: str) -> bool:
    """Tell whether an answer is the code, with slips of typing forgiven."""
    if captcha.provider != IMAGE or len(answer) > MAX_ANSWER:
        return False
    typed = _plain(answer).encode(errors="replace")
    return hmac.compare_digest(typed, code(secret, captcha).encode())


def _plain(answer: str) -> str:
    # Digits of every script count by their value. Hyphens, quotes, blanks and direction marks count
    # for nothing: people and their keyboards put them around and between.
    shown = unicodedata.normalize("NFKC", answer)
    typed = "".join(_digit(char) for char in shown if char.isalnum())
    return typed.translate(_look_alikes()).casefold().upper().translate(FORGIVEN)


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


@cache
def _look_alikes() -> dict[int, str]:
    """Map what is drawn like one character of the alphabet to it (after UTS #39)."""
    rows = files("service.domain").joinpath("lookalikes.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if not row.startswith("#")]
    return {
        ord(char): reading.upper()
        for reading, chars in pairs
        if reading.upper() in ALPHABET
        for char in chars
    }
