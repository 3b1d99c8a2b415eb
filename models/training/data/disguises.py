"""Tricks that hide words from a filter, used to measure how much each one lowers quality."""

import random
import re
from collections.abc import Callable
from typing import Final

_WORD: Final = re.compile(r"[A-Za-z]{4,}")
_LEET: Final = str.maketrans("aeiostAEIOST", "431057431057")
_TWINS: Final = str.maketrans("aeocpxyAEOCPXHKMT", "аеосрхуАЕОСРХНКМТ")

Trick = Callable[[str, random.Random], str]


def _in_words(change: Callable[[str, random.Random], str]) -> Trick:
    return lambda text, chance: _WORD.sub(lambda word: change(word[0], chance), text)


def _swapped(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _starred(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + "*" + word[place + 1 :]


def _stretched(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place] * 3 + word[place:]


def _one_leet(word: str, chance: random.Random) -> str:
    places = [place for place, char in enumerate(word) if char in "aeiostAEIOST"]
    if not places:
        return word
    place = chance.choice(places)
    return word[:place] + word[place].translate(_LEET) + word[place + 1 :]


TRICKS: Final[dict[str, Trick]] = {
    "letters of other alphabets": lambda text, _: text.translate(_TWINS),
    "fullwidth letters": lambda text, _: "".join(
        chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text
    ),
    "zero-width spaces": lambda text, _: "\u200b".join(text),
    "accents": lambda text, _: "".join(
        char + "\u0336" if char.isalpha() else char for char in text
    ),
    "one digit a word": _in_words(_one_leet),
    "digits for all letters": lambda text, _: text.translate(_LEET),
    "letters spaced out": _in_words(lambda word, _: " ".join(word)),
    "letters dotted": _in_words(lambda word, _: ".".join(word)),
    "one star a word": _in_words(_starred),
    "letters repeated": _in_words(_stretched),
    "letters swapped": _in_words(_swapped),
    "all capitals": lambda text, _: text.upper(),
}


def disguise(text: str, trick: str, seed: int) -> str:
    """Apply one trick to a text, in the same way for the same seed."""
    return TRICKS[trick](text, random.Random(seed))  # noqa: S311 (no secret)
