"""Names: what a reader takes one for, and whether it could be taken for the newsroom's."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from service.domain.reserved import ARTICLES, BADGE_TEXTS, BESIDE_THE_SITE, TEAMS
from service.domain.text import UNSEEN

# Signs that look like the badge of somebody who was checked.
BADGES = frozenset("✓✔☑✅🗸🗹🛡⚜★⭐🌟🏅🎖👮©®™")
# What is read as one another in Latin type; both sides of a comparison are folded.
DIGITS = str.maketrans("01345678i", "oleasgtbl")
SIGNS = str.maketrans("!|@$", "llas")
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
NUMBERS = re.compile(r"(?<!\w)\d+|(?<!\d)\d++(?!\w)")
# One letter of such a pair may end one word and the other begin the next ("Courier news").
APART = str.maketrans({letter: pair for pair, letter in PAIRS})
BETWEEN_WORDS = re.compile(r"[\W_]+")
# What sets a part of a name off from the rest, as in "Anna (Gazette)"; "Team-Larsen" is one part.
BETWEEN_PARTS = re.compile(r"[^\w\s'’.,&‐-]+|\s[‐-]+\s")
# Letters: a reserved name as short as that may begin in one word and end in the next ("Mo D.").
SHORT = 3
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

    The site's own is also what goes with it ("The Gazette Team"), alone or set off from other
    words ("Anna (Gazette)"). A badge's text, or a sign that looks like one, is as good as a name.
    """
    if BADGES & set(name) or looks(name) & looks(own):
        return True
    entries = _read_entries((*BADGE_TEXTS, *reserved))
    return any(entries.holds(words) for words in _variants(name)) or _is_of_site(name, own)


def _variants(name: str) -> set[tuple[str, ...]]:
    plain = NUMBERS.sub("", name)
    spellings = (name, name.casefold(), plain, name.translate(SIGNS))
    return {_words(spelling) for spelling in spellings}


@dataclass(frozen=True, slots=True)
class _ReservedNames:
    """Reserved names as they look: as one word, word by word, and those that stand inside words."""

    joined: frozenset[str]
    split: frozenset[tuple[str, ...]]
    inside: tuple[str, ...]
    sizes: frozenset[int]

    def holds(self, words: tuple[str, ...]) -> bool:
        joined = "".join(words)
        if self._is_joined(joined, words) or any(sought in joined for sought in self.inside):
            return True
        starts = range(len(words))
        spans = (words[start : start + size] for size in self.sizes for start in starts)
        compounds = ((rest,) for word in set(words) for rest in _without_team(word))
        return any(part in self.split for part in chain(spans, compounds))

    def _is_joined(self, joined: str, words: tuple[str, ...]) -> bool:
        is_spelled_out = all(len(word) == 1 for word in words)
        return joined in self.joined and (is_spelled_out or len(joined) > SHORT)


@lru_cache(maxsize=64)
def _read_entries(reserved: tuple[str, ...]) -> _ReservedNames:
    read = {entry: words for entry in reserved if (words := _words(entry.casefold()))}
    return _ReservedNames(
        joined=frozenset("".join(words) for words in read.values()),
        split=frozenset(read.values()),
        inside=tuple("".join(w) for entry, w in read.items() if UNSPACED.search(entry)),
        sizes=frozenset(len(words) for words in read.values()),
    )


def _without_team(word: str) -> Iterator[str]:
    """Give what a compound says of whose team it is; German joins with an s."""
    for team in _folded(TEAMS):
        if word.startswith(team):
            yield word.removeprefix(team)
        if word.endswith(team):
            rest = word.removesuffix(team)
            yield from (rest, rest.removesuffix("s"))


def _is_of_site(name: str, own: str) -> bool:
    sites = _readings(_words(own)) - {""}
    readings = {
        reading
        for part in _parts(name)
        for words in _variants(part)
        for reading in _readings(words)
    }
    return any(
        _is_about(reading, site) for reading in readings for site in sites if site in reading
    )


def _readings(words: tuple[str, ...]) -> set[str]:
    """Give what words are when nobody looks at the spaces, with and without their articles."""
    bare = (word for word in words if word not in _folded(ARTICLES))
    return {"".join(some).translate(APART) for some in (words, bare)}


def _is_about(reading: str, site: str) -> bool:
    """Tell whether all that stands besides a site's name is what goes with one."""
    marked = reading.replace(site, "\0")
    return _is_made_of(marked, _beside() | {"\0"})


def _is_made_of(text: str, pieces: frozenset[str]) -> bool:
    sizes = {len(piece) for piece in pieces}
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(end - size in reached and text[end - size : end] in pieces for size in sizes):
            reached.add(end)
    return len(text) in reached


def _parts(name: str) -> set[str]:
    seen = "".join(c for c in unicodedata.normalize("NFKD", name) if not _is_unseen(c))
    as_letters = seen.translate(SIGNS)
    return {name, *BETWEEN_PARTS.split(seen), *BETWEEN_PARTS.split(as_letters)}


@cache
def _beside() -> frozenset[str]:
    # The shortest articles stand alone only: "Leann" does not come from a site called "ann".
    joined = {article for article in _folded(ARTICLES) if len(article) >= SHORT}
    return frozenset(word.translate(APART) for word in _folded(BESIDE_THE_SITE) | joined)


@cache
def _folded(entries: tuple[str, ...]) -> frozenset[str]:
    return frozenset("".join(_words(entry.casefold())) for entry in entries)


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
