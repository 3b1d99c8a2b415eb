"""Features beyond words that betray spam: links, contacts, money, shouting, repetition."""

import math
import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.reading.links import DomainKind, domain_kind, links_in, without_links

SIGNS: Final = (
    *(f"links {kind}" for kind in DomainKind),
    "links",
    "only links of unknown standing",
    "only trusted links",
    "mail addresses",
    "telephone numbers",
    "money",
    "per cent",
    "handles",
    "tags",
    "markup",
    "digits",
    "capitals",
    "capital words",
    "exclamations",
    "pictures",
    "repeated words",
    "repeated lines",
    "very short",
    "very long",
)
LONGEST: Final = 20_000
CAPITALS: Final = string.ascii_uppercase.encode()
DIGITS: Final = string.digits.encode()
MUCH: Final = [min(math.log1p(count) / math.log(6), 2.0) for count in range(40)]
NO_LINKS: Final = [0.0] * len(DomainKind)
_MAIL: Final = re.compile(r"[\w.+-]{2,64}@[\w-]{2,64}\.\w{2,}")
_PHONE: Final = re.compile(
    r"(?<![\w/.=-])\+?\d[\d\-. ()]{7,17}\d(?![\w/-])|\b0[789]\d{8,9}\b|\b\d{5}\b(?= )"
)
_LIKE_PHONE: Final = re.compile(r"\d[\d\-. ()]{4}")
_MONEY: Final = re.compile(
    r"[$£€₽¥]\s?\d"
    r"|\d[\d.,]{0,30}+\s?(?:[$£€₽]|usd|eur|gbp|usdt|btc|dollars?|pounds?|руб|тыс|k\b)",
    re.I,
)
_SHARE: Final = re.compile(r"\d\s?%")
_HANDLE: Final = re.compile(r"(?<![\w.])@[a-z]\w{3,}", re.I)
_TAG: Final = re.compile(r"(?<!\w)#\w{2,}")
_MARKUP: Final = re.compile(r"</?[a-z][^>]{0,200}>|\[/?url|\bhref=", re.I)
_PICTURE: Final = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")
_DOT: Final = re.compile(r"\.[^\W\d_]{2}")
_DIGIT: Final = re.compile(r"\d")
_CAPITAL: Final = re.compile(r"[A-ZА-ЯЁ]")


def signs_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """Measure each sign of each text on a scale on which 1 is a lot."""
    return np.array([_measure(text[:LONGEST]) for text in texts], np.float32)


def _measure(text: str) -> list[float]:
    links = links_in(text) if _DOT.search(text) else []
    kinds: Counter[DomainKind] = Counter(map(domain_kind, links))
    rest = without_links(text) if links else text
    words = rest.lower().split()
    different = len(set(words))
    size, words_or_one = max(len(text), 1), max(len(words), 1)
    capitals = _count(rest, CAPITALS, _CAPITAL)
    digits = _count(rest, DIGITS, _DIGIT)
    bare = bool(links) and len(words) < 3
    trusted = kinds[DomainKind.TRUSTED] == len(links)
    return [
        *([_much(kinds[kind]) for kind in DomainKind] if links else NO_LINKS),
        _much(len(links)),
        bare and not trusted,
        bare and trusted,
        _much(len(_MAIL.findall(rest)) if "@" in rest else 0),
        _much(len(_PHONE.findall(rest)) if digits and _LIKE_PHONE.search(rest) else 0),
        _much(len(_MONEY.findall(rest)) if digits else 0),
        _much(len(_SHARE.findall(rest)) if digits and "%" in rest else 0),
        _much(len(_HANDLE.findall(rest)) if "@" in rest else 0),
        _much(len(_TAG.findall(rest)) if "#" in rest else 0),
        _much(len(_MARKUP.findall(text)) if "<" in text or "[" in text else 0),
        4 * digits / size,
        capitals / size,
        (_capital_words(rest) if capitals > 3 else 0) / words_or_one,
        _much(text.count("!")),
        _much(0 if text.isascii() else len(_PICTURE.findall(text))),
        1 - different / words_or_one,
        _repeated_lines(text),
        len(words) < 3,
        _much(max(len(words) - 100, 0) // 50),
    ]


def _count(text: str, letters: bytes, pattern: re.Pattern[str]) -> int:
    """Count the matches of the pattern; in ASCII text these are exactly the given letters."""
    if text.isascii():
        return len(text) - len(text.encode().translate(None, letters))
    return len(pattern.findall(text))


def _capital_words(text: str) -> int:
    return len([word for word in text.split() if word.isupper() and len(word) > 3])


def _much(count: int) -> float:
    return MUCH[count] if count < len(MUCH) else 2.0


def _repeated_lines(text: str) -> float:
    lines = [line for line in text.splitlines() if len(line) > 10]
    return 1 - len(set(lines)) / len(lines) if lines else 0.0
