"""A text that is rewritten step by step while each character keeps its source offset."""

import re
from collections.abc import Callable, Mapping

Replacement = str | Callable[[re.Match[str]], str]


class TextDraft:
    """A text in work; with `traced`, `origins` holds the source offset of every character."""

    __slots__ = ("origins", "source_length", "text")

    def __init__(self, text: str, *, traced: bool = False) -> None:
        """Start from the original text."""
        self.text = text
        self.source_length = len(text)
        self.origins: list[int] | None = list(range(len(text))) if traced else None

    def translate(self, table: Mapping[int, str]) -> None:
        """Replace each character by its entry in the table, which may be longer or empty."""
        if self.origins is not None:
            parts = [char.translate(table) for char in self.text]
            self.origins = [
                origin
                for origin, part in zip(self.origins, parts, strict=True)
                for _ in range(len(part))
            ]
        self.text = self.text.translate(table)

    def lower(self) -> None:
        """Convert the text to lower case."""
        self.text = self.text.lower()

    def pad(self) -> None:
        """Put one space before and after."""
        self.text = f" {self.text} "
        if self.origins is not None:
            self.origins = [0, *self.origins, self.source_length]

    def sub(self, pattern: re.Pattern[str], replacement: Replacement) -> None:
        """Replace each match and spread its source offsets over the replacement."""
        if self.origins is not None:
            self._trace(pattern, replacement, self.origins)
        else:
            self.text = pattern.sub(replacement, self.text)

    def _trace(
        self, pattern: re.Pattern[str], replacement: Replacement, origins: list[int]
    ) -> None:
        pieces: list[str] = []
        traced: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            pieces += (self.text[done:start], new)
            traced += origins[done:start]
            traced += _spread(origins[start:end], len(new), origins, start, self.source_length)
            done = end
        self.text = "".join(pieces) + self.text[done:]
        self.origins = traced + origins[done:]


def _spread(
    sources: list[int], length: int, origins: list[int], start: int, source_length: int
) -> list[int]:
    """Map each of `length` new characters to the source offset of its share of the old ones."""
    if not sources:
        offset = origins[start] if start < len(origins) else source_length
        return [offset] * length
    return [sources[place * len(sources) // length] for place in range(length)]
