"""A text as the multilingual encoder reads it: lightly cleaned, in parts of pieces.

Folding as for the linear models would take away the accents, vowel signs and syllables that its
vocabulary was made from; capitals tell nouns in German, and names elsewhere.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from models.encoding.emoji import name_emoji
from models.encoding.passage import MOST_CHARACTERS, Sequel, shorten
from models.encoding.subwords import Subwords
from models.reading.draft import TextDraft

MOST_PIECES: Final = 126
USUAL_PIECES: Final = 110  # of each part where there are several
STRETCH: Final = 16
SHORTEST: Final = 10  # pieces of a sentence; a shorter one is read with the next
LONGEST: Final = 40
MOST_PARTS: Final = 8
BLANK: Final = frozenset(("Zs", "Zl", "Zp", "Cc"))
UNSEEN: Final = frozenset(("Cf", "Cs", "Cn", "Co", "Me"))
STRIKES: Final = range(0x334, 0x339)  # lines through letters
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_MENTION: Final = re.compile(r"(?<!\S)@\w+|\[user\]")
_SPACES: Final = re.compile(r"\s{2,}|[^\S ]")


class _Forms(dict[int, str]):
    """What stands for each character, computed on first use."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, code: int) -> str:
        form = self._form(chr(code))
        self[code] = form
        return form


def _plain_form(char: str) -> str:
    category = unicodedata.category(char)
    if category in BLANK:
        return " "
    if category in UNSEEN or ord(char) in STRIKES:
        return ""
    return unicodedata.normalize("NFKC", char)


_PLAIN: Final = _Forms(_plain_form)
_LOWER: Final = _Forms(str.lower)


def clean(draft: TextDraft) -> None:
    """Name emoji, drop what nobody sees, and reduce links, names of users, spaces and shouting."""
    name_emoji(draft)
    if not (draft.text.isascii() and draft.text.isprintable()):
        draft.translate(_PLAIN)
    if draft.text.isupper():
        draft.translate(_LOWER)
    if "://" in draft.text or "www." in draft.text:
        draft.sub(_LINK, "http")
    if "@" in draft.text or "[user]" in draft.text:
        draft.sub(_MENTION, "@user")
    draft.sub(_SPACES, " ")


class SentenceReader:
    """Turns texts into parts; safe to share between threads."""

    def __init__(self, pieces: Subwords) -> None:
        """Use these pieces."""
        self._pieces = pieces

    @property
    def pieces(self) -> int:
        """The number of different pieces."""
        return len(self._pieces)

    def read(self, text: str, *, traced: bool = False) -> list[Sequel]:
        """Return the parts of a text in their order; one without words if nothing can be read.

        Of a text with more than `MOST_PARTS` parts, or more than `MOST_CHARACTERS` characters, the
        beginning and the end are read.
        """
        draft = TextDraft(text, traced=traced)
        shorten(draft)
        clean(draft)
        if draft.origins is None:
            ids = self._pieces.ids(draft.text)
            return [self._sequel(ids[start:end]) for start, end in self._cut(ids)]
        places = self._pieces.places(draft.text)
        spans = [*_spans(draft.text, [(at.start, at.end) for at in places], draft.origins)]
        ids = [at.id for at in places]
        return [self._sequel(ids[start:end], spans[start:end]) for start, end in self._cut(ids)]

    def covers(self, text: str) -> bool:
        """Say whether every piece of a text is in one of its parts."""
        if len(text) > MOST_CHARACTERS:
            return False
        draft = TextDraft(text)
        clean(draft)
        return len(self._pieces.ids(draft.text)) <= MOST_PARTS * USUAL_PIECES

    def words(self, sequel: Sequel) -> list[range]:
        """Return the pieces of each word of a part, by their places in it."""
        inner = sequel.ids[1:-1]
        starts = [0, *(place for place in self._pieces.word_starts(inner) if place), len(inner)]
        return [range(start + 1, end + 1) for start, end in pairwise(starts) if start < end]

    def sentences(self, sequel: Sequel) -> list[range]:
        """Return the pieces of each sentence of a part, by their places in it."""
        inner = sequel.ids[1:-1]
        ends = [
            place
            for place in range(1, len(inner))
            if self._pieces.begins_word(inner[place])
            and self._pieces.ends_sentence(inner[place - 1])
        ]
        edges = [0]
        for end in ends:
            if end - edges[-1] >= SHORTEST and len(inner) - end >= SHORTEST // 2:
                edges.append(end)
        stretches = pairwise([*edges, len(inner)])
        return [share for start, end in stretches for share in _shares(start + 1, end + 1)]

    def _sequel(self, ids: Sequence[int], spans: Sequence[tuple[int, int]] = ()) -> Sequel:
        whole = (self._pieces.first, *ids, self._pieces.last)
        return Sequel(whole, ((0, 0), *spans, (0, 0)) if spans else ())

    def _cut(self, ids: Sequence[int]) -> list[tuple[int, int]]:
        """Cut pieces that are too many for one part into parts of about the same length."""
        if len(ids) <= MOST_PIECES:
            return [(0, len(ids))]
        count = -(-len(ids) // USUAL_PIECES)
        edges = [self._edge(ids, place * len(ids) // count) for place in range(1, count)]
        parts = [*pairwise([0, *edges, len(ids)])]
        if count > MOST_PARTS:
            return parts[: MOST_PARTS // 2] + parts[-MOST_PARTS // 2 :]
        return parts

    def _edge(self, ids: Sequence[int], place: int) -> int:
        """Return the last place up to this one, within a stretch, at which a word begins."""
        near = range(place, place - STRETCH, -1)
        return next((edge for edge in near if self._pieces.begins_word(ids[edge])), place)


def _shares(start: int, end: int) -> Iterator[range]:
    """Cut a sentence that is too long into pieces of about the same length."""
    count = max(1, -(-(end - start) // LONGEST))
    edges = [start + place * (end - start) // count for place in range(count + 1)]
    return (range(*edge) for edge in pairwise(edges))


def _spans(
    text: str, places: Sequence[tuple[int, int]], origins: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Return the characters of the source that each piece stands for, without the space before."""
    for start, end in places:
        begin = start + (text[start] == " " and start + 1 < len(text))
        yield origins[begin], origins[max(begin, end - 1)] + 1
