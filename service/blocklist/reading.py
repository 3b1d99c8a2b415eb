"""A text as blocklists read it: each form is made once, when the first entry needs it."""

import re
from dataclasses import dataclass
from functools import cached_property

from service.domain import folding
from service.domain.folding import Folded

# Marks the boundaries of words for patterns; a private character that cleaned text never has.
# Up to three `\b` in a row may stand at one boundary.
BOUNDARY = "\ue000"
BOUNDARIES = 3 * BOUNDARY
# Half a surrogate pair, which no encoding has.
HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """A text, and the forms in which entries are looked for."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        """The text as words are compared, with a blank on both sides."""
        folded = folding.fold(self.text)
        starts = [0, *folded.starts, len(self.text)]
        return Folded(f" {folded.text} ", starts, [0, *folded.ends, len(self.text)])

    @cached_property
    def loose(self) -> str:
        """The same with one letter I, to rule out quickly what is not there."""
        return folding.same_i(self.folded.text)

    @cached_property
    def forms(self) -> tuple[Folded, ...]:
        """The text as written, and without invisible characters and compatibility forms."""
        places = range(len(self.text))
        written = HALF.sub("\ufffd", self.text)
        as_written = Folded(written, places, range(1, len(written) + 1))
        plain = folding.plain(written)
        return (as_written,) if plain.text == written else (as_written, plain)

    @cached_property
    def marked_forms(self) -> tuple[Folded, ...]:
        """The same forms, with the boundaries of words marked."""
        return tuple(map(_marked, self.forms))


def _marked(form: Folded) -> Folded:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    was_word = False
    for place, char in enumerate([*form.text, " "]):
        is_word = folding.is_in_word(char)
        at = form.starts[place] if place < len(form.starts) else (ends or [0])[-1]
        if is_word != was_word:
            pieces.append(BOUNDARIES)
            starts += [at] * len(BOUNDARIES)
            ends += [at] * len(BOUNDARIES)
        was_word = is_word
        if char != BOUNDARY and place < len(form.text):
            pieces.append(char)
            starts.append(at)
            ends.append(form.ends[place])
    return Folded("".join(pieces), starts, ends)
