"""Votes: one per reader on each comment or article."""

from dataclasses import dataclass
from enum import IntEnum


class Direction(IntEnum):
    """Which way a reader votes; NONE withdraws."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes for and against a comment or an article."""

    up: int
    down: int
