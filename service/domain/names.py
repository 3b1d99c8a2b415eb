"""Names: detect display names that look like the newsroom's or like other reserved names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from service.domain.reserved import ARTICLES, BADGE_TEXTS, BESIDE_THE_SITE, TEAMS
from service.domain.text import UNSEEN

# Signs that look like a verification badge.
BADGES = frozenset("✓✔☑✅🗸🗹🛡⚜★⭐🌟🏅🎖👮©®™")
# Characters that look alike in Latin type; both sides of a comparison are folded.
DIGITS = str.maketrans("01345678i", "oleasgtbl")
SIGNS = str.maketrans("!|@$", "llas")
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
NUMBERS = re.compile(r"(?<!\w)\d+|(?<!\d)\d++(?!\w)")
# The two letters of a pair may be in different words ("Courier news").
APART = str.maketrans({letter: pair for pair, letter in PAIRS})
BETWEEN_WORDS = re.compile(r"[\W_]+")
# Separators between parts of a name, as in "Anna (Gazette)"; "Team-Larsen" is one part.
BETWEEN_PARTS = re.compile(r"[^\w\s'’.,&‐-]+|\s[‐-]+\s")
# In letters: names this short are not matched across a word boundary ("Mo D.").
SHORT = 3
# Scripts without spaces between words: there a reserved name may be inside a longer run.
UNSPACED = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")


def looks(name: str) -> frozenset[str]:
    """Return the skeletons of a name (after UTS #39): names that look alike share one.

    There are several because capitals of other alphabets look like Latin letters that their
    lower-case forms do not.
    """
    return frozenset("".join(words) for words in _variants(name) if words)


def is_reserved(name: str, reserved: Iterable[str], own: str = "") -> bool:
    """Return whether a name looks like a reserved one, contains one as a word, or is the site's.

    The site's name counts with words that go with it ("The Gazette Team"), and as a separate
    part of a name ("Anna (Gazette)"). Badge texts and signs like badges are reserved too.
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
    """Folded reserved names: as one word, as word tuples, and those matched inside words."""

    joined: frozenset[str]
    split: frozenset[tuple[str, ...]]
    inside: tuple[str, ...]
    sizes: frozenset[int]

    def holds(self, words: tuple[str, ...]) -> bool:
        joined = "".join(words)
        if self._is_joined(joined, words) or any(entry in joined for entry in self.inside):
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
    """Yield a compound without its "team" part; German may join with an s."""
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
    """Join words without spaces, with and without their articles."""
    bare = (word for word in words if word not in _folded(ARTICLES))
    return {"".join(chosen).translate(APART) for chosen in (words, bare)}


def _is_about(reading: str, site: str) -> bool:
    """Return whether a name has only words that go with a site's name besides that name."""
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
    # The shortest articles count only as words: "Leann" is not "le" with a site called "ann".
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
