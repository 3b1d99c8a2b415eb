"""A span: a stretch of a text as it was written, and what it adds to a score."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the original text and its contribution to the log odds."""

    start: int
    end: int
    contribution: float
