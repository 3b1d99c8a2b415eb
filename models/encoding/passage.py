"""A text as the encoder reads it: parts of pieces, with names of groups shown or masked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from models.encoding.emoji import MOST_NAMED, name_emoji
from models.encoding.wordpiece import TextPiece, WordPiece
from models.reading.draft import TextDraft
from models.reading.identity import IDENTITY_MARK
from models.reading.normal_form import fold
from models.reading.reader import TextReader

MOST_PIECES: Final = 64  # a text in which few words are abusive hides them better, the longer it is
USUAL_PIECES: Final = 48  # of each part where there are several; with one more stretch ≤ 64
STRETCH: Final = 16
MOST_PARTS: Final = 16
MOST_READINGS: Final = 18  # of all parts together, which bounds the time for one text
MOST_CHARACTERS: Final = 10_000
# Each piece stands for a character at least, and each emoji for a few words.
SURELY_WHOLE: Final = MOST_PARTS * USUAL_PIECES - 10 * MOST_NAMED
_CHUNK: Final = re.compile(rf"{IDENTITY_MARK}\w+|[^\s{IDENTITY_MARK}]+")


@dataclass(frozen=True, slots=True)
class Sequel:
    """The pieces of a part by their ids, from [CLS] to [SEP].

    `spans` says which characters of the source each stands for; it is empty unless the text was
    traced. The first and the last piece stand for no character, (0, 0).
    """

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text, as written and with [MASK] for each name of a group.

    The two are the same object where no group is named.
    """

    plain: Sequel
    masked: Sequel


class _Stretch(NamedTuple):
    """Pieces that stay together, and their place in the text that was read.

    Usually they are those of a chunk between two spaces.
    """

    place: int
    plain: Sequence[TextPiece]
    masked: Sequence[TextPiece]


class PassageReader:
    """Turns texts into parts; safe to share between threads."""

    def __init__(self, pieces: WordPiece, reader: TextReader) -> None:
        """Use a vocabulary, and what splits folded texts into words and marks names of groups."""
        self._pieces = pieces
        self._reader = reader

    def read(self, text: str, *, traced: bool = False) -> list[Part]:
        """Return the parts of a text in their order; one without words if nothing can be read.

        Of a text with more than `MOST_PARTS` parts, or more than `MOST_CHARACTERS` characters, the
        beginning and the end are read. Of many parts that name a group, the first ones are shown
        as written, and the rest only masked.
        """
        draft = self._prepared(text, traced)
        parts = [self._part(part, draft.origins) for part in _cut([*self._stretches(draft.text)])]
        return _bounded(parts)

    def covers(self, text: str) -> bool:
        """Say whether every piece of a text is in one of its parts."""
        if len(text) <= SURELY_WHOLE:
            return True
        if len(text) > MOST_CHARACTERS:
            return False
        draft = self._prepared(text, False)
        pieces = sum(len(stretch.plain) for stretch in self._stretches(draft.text))
        return _count(pieces) <= MOST_PARTS

    def _prepared(self, text: str, traced: bool) -> TextDraft:
        draft = TextDraft(text, traced=traced)
        shorten(draft)
        name_emoji(draft)
        fold(draft)
        self._reader.read(draft)
        return draft

    def _stretches(self, read: str) -> Iterator[_Stretch]:
        """Yield the stretches of a text."""
        chunks = [(match.start(), match[0]) for match in _CHUNK.finditer(read)]
        words = [chunk.removeprefix(IDENTITY_MARK) for _, chunk in chunks]
        for (place, chunk), word, pieces in zip(
            chunks, words, self._pieces.pieces(words), strict=True
        ):
            if chunk is not word:
                name = TextPiece(self._pieces.mask, 0, len(word))
                yield _Stretch(place + len(IDENTITY_MARK), pieces, (name,))
                continue
            for start in range(0, len(pieces), STRETCH):
                some = pieces[start : start + STRETCH]
                yield _Stretch(place, some, some)

    def _part(self, part: Sequence[_Stretch], origins: Sequence[int] | None) -> Part:
        plain = self._sequel([(stretch.place, stretch.plain) for stretch in part], origins)
        if all(stretch.masked is stretch.plain for stretch in part):
            return Part(plain, plain)
        masked = [(stretch.place, stretch.masked) for stretch in part]
        return Part(plain, self._sequel(masked, origins))

    def _sequel(
        self, placed: Sequence[tuple[int, Sequence[TextPiece]]], origins: Sequence[int] | None
    ) -> Sequel:
        inner = [piece.id for _, pieces in placed for piece in pieces]
        ids = (self._pieces.first, *inner, self._pieces.last)
        if origins is None:
            return Sequel(ids)
        spans = [
            (origins[place + piece.start], origins[place + piece.end - 1] + 1)
            for place, pieces in placed
            for piece in pieces
        ]
        return Sequel(ids, ((0, 0), *spans, (0, 0)))


def _bounded(parts: Sequence[Part]) -> list[Part]:
    """Leave no more than `MOST_READINGS` different sequels."""
    free = MOST_READINGS - len(parts)
    bounded: list[Part] = []
    for part in parts:
        is_twice = part.plain is not part.masked
        bounded.append(part if not is_twice or free > 0 else Part(part.masked, part.masked))
        free -= is_twice
    return bounded


def shorten(draft: TextDraft) -> None:
    """Leave out the middle of a text of more than `MOST_CHARACTERS` characters."""
    if len(draft.text) <= MOST_CHARACTERS:
        return
    half = MOST_CHARACTERS // 2
    draft.text = draft.text[:half] + draft.text[-half:]
    if draft.origins is not None:
        draft.origins = draft.origins[:half] + draft.origins[-half:]


def _cut(stretches: Sequence[_Stretch]) -> list[list[_Stretch]]:
    """Cut a text that is too long for one part into parts of about the same length."""
    starts = list(accumulate((len(stretch.plain) for stretch in stretches), initial=0))
    whole = starts.pop()
    count = _count(whole)
    parts: list[list[_Stretch]] = [[] for _ in range(count)]
    for start, stretch in zip(starts, stretches, strict=True):
        parts[start * count // whole].append(stretch)
    if count > MOST_PARTS:
        return parts[: MOST_PARTS // 2] + parts[-MOST_PARTS // 2 :]
    return parts


def _count(pieces: int) -> int:
    """Return how many parts a text of so many pieces has."""
    return 1 if pieces <= MOST_PIECES else -(-pieces // USUAL_PIECES)
