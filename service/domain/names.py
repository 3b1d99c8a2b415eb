"""Names: what a reader takes one for, and whether it could be taken for the newsroom's."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from service.domain.text import UNSEEN

# Signs that look like the badge of somebody who was checked.
BADGES = frozenset("✓✔☑✅🗸🗹🛡⚜★⭐🌟🏅🎖👮©®™")
# What is read as one another in Latin type; both sides of a comparison are folded.
DIGITS = str.maketrans("01345678i", "oleasgtbl")
SIGNS = str.maketrans("!|@$", "llas")
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
NUMBERS = re.compile(r"(?<!\w)\d+|(?<!\d)\d++(?!\w)")
BETWEEN_WORDS = re.compile(r"[\W_]+")
# Where words are written without spaces between them, one may stand inside another.
UNSPACED = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")


def looks(name: str) -> frozenset[str]:
    """Reduce a name to what it looks like (after UTS #39): names that look alike share one.

    There are several since capitals of other alphabets look like letters of which their small
    ones do not.
    """
    return frozenset("".join(words) for words in _variants(name) if words)


def is_reserved(name: str, reserved: Iterable[str], own: str = "") -> bool:
    """Tell whether a name looks like a reserved one or holds one as a word, or is the site's own.

    A sign that looks like a badge is as good as a name.
    """
    if BADGES & set(name) or looks(name) & looks(own):
        return True
    kept = _kept(tuple(reserved))
    return any(kept.holds(words) for words in _variants(name))


def _variants(name: str) -> set[tuple[str, ...]]:
    plain = NUMBERS.sub("", name)
    return {_words(one) for one in (name, name.casefold(), plain, name.translate(SIGNS))}


@dataclass(frozen=True, slots=True)
class _Kept:
    """Reserved names as they look: as one word, word by word, and those that stand inside words."""

    joined: frozenset[str]
    split: frozenset[tuple[str, ...]]
    inside: tuple[str, ...]

    def holds(self, words: tuple[str, ...]) -> bool:
        joined = "".join(words)
        if joined in self.joined or any(sought in joined for sought in self.inside):
            return True
        ends = range(1, len(words) + 1)
        return any(words[start:end] in self.split for end in ends for start in range(end))


@lru_cache(maxsize=64)
def _kept(reserved: tuple[str, ...]) -> _Kept:
    read = {entry: words for entry in reserved if (words := _words(entry.casefold()))}
    return _Kept(
        joined=frozenset("".join(words) for words in read.values()),
        split=frozenset(read.values()),
        inside=tuple("".join(w) for entry, w in read.items() if UNSPACED.search(entry)),
    )


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    decomposed = unicodedata.normalize("NFKD", name)
    drawn = "".join(_drawn(char) for char in decomposed if not _is_unseen(char))
    folded = unicodedata.normalize("NFKD", drawn).translate(DIGITS)
    for pair, letter in PAIRS:
        folded = folded.replace(pair, letter)
    return tuple(word for word in BETWEEN_WORDS.split(folded) if word)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf") or char in UNSEEN


def _drawn(char: str) -> str:
    folded = char.casefold()
    table = _look_alikes()
    return table.get(char) or table.get(folded) or folded


@cache
def _look_alikes() -> dict[str, str]:
    lines = files("service.domain").joinpath("lookalikes.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {char: reading for reading, chars in rows for char in chars}
