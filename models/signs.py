"""Spam also shows in what is not language: links, contact data, money, shouting, repetition."""

import math
import re
import string
from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.reputation import LINK, Standing, standing

SIGNS: Final = (
    *(f"links {kind}" for kind in Standing),
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
MUCH: Final = [min(math.log1p(count) / math.log(6), 2.0) for count in range(40)]
NO_LINKS: Final = [0.0] * len(Standing)
_MAIL: Final = re.compile(r"[\w.+-]{2,64}@[\w-]{2,64}\.\w{2,}")
_PHONE: Final = re.compile(
    r"(?<![\w/.=-])\+?\d[\d\-. ()]{7,17}\d(?![\w/-])|\b0[789]\d{8,9}\b|\b\d{5}\b(?= )"
)
_MONEY: Final = re.compile(
    r"[$£€₽¥]\s?\d|\d[\d.,]*\s?(?:[$£€₽]|usd|eur|gbp|usdt|btc|dollars?|pounds?|руб|тыс|k\b)", re.I
)
_SHARE: Final = re.compile(r"\d\s?%")
_HANDLE: Final = re.compile(r"(?<![\w.])@[a-z]\w{3,}", re.I)
_TAG: Final = re.compile(r"(?<!\w)#\w{2,}")
_MARKUP: Final = re.compile(r"</?[a-z][^>]{0,200}>|\[/?url|\bhref=", re.I)
_PICTURE: Final = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")
_DOT: Final = re.compile(r"\.[^\W\d_]{2}")
_DIGIT: Final = re.compile(r"\d")
_CAPITAL: Final = re.compile(r"[A-ZА-ЯЁ]")


def signs_of(text: str) -> NDArray[np.float32]:
    """Measure each sign on a scale on which one is much."""
    text = text[:LONGEST]
    links = LINK.findall(text) if _DOT.search(text) else []
    kinds: Counter[Standing] = Counter(map(standing, links))
    rest = LINK.sub(" ", text) if links else text
    words = rest.lower().split()
    size = max(len(text), 1)
    capitals = _capitals(rest)
    bare = bool(links) and len(words) < 3
    trusted = kinds[Standing.TRUSTED] == len(links)
    numbers = rest if _DIGIT.search(rest) else ""
    return np.array(
        [
            *([_much(kinds[kind]) for kind in Standing] if links else NO_LINKS),
            _much(len(links)),
            bare and not trusted,
            bare and trusted,
            _much(len(_MAIL.findall(rest)) if "@" in rest else 0),
            _much(len(_PHONE.findall(numbers))),
            _much(len(_MONEY.findall(numbers))),
            _much(len(_SHARE.findall(numbers)) if "%" in numbers else 0),
            _much(len(_HANDLE.findall(rest)) if "@" in rest else 0),
            _much(len(_TAG.findall(rest)) if "#" in rest else 0),
            _much(len(_MARKUP.findall(text)) if "<" in text or "[" in text else 0),
            4 * len(_DIGIT.findall(numbers)) / size,
            capitals / size,
            (_capital_words(rest) if capitals > 3 else 0) / max(len(words), 1),
            _much(text.count("!")),
            _much(0 if text.isascii() else len(_PICTURE.findall(text))),
            1 - len(set(words)) / max(len(words), 1),
            _repeated_lines(text),
            len(words) < 3,
            _much(max(len(words) - 100, 0) // 50),
        ],
        np.float32,
    )


def _capitals(text: str) -> int:
    if text.isascii():
        return len(text) - len(text.encode().translate(None, CAPITALS))
    return len(_CAPITAL.findall(text))


def _capital_words(text: str) -> int:
    return len([word for word in text.split() if word.isupper() and len(word) > 3])


def _much(count: int) -> float:
    return MUCH[count] if count < len(MUCH) else 2.0


def _repeated_lines(text: str) -> float:
    lines = [line for line in text.splitlines() if len(line) > 10]
    return 1 - len(set(lines)) / len(lines) if lines else 0.0
