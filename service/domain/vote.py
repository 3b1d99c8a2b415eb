"""Votes: one per reader on each comment or article."""

from dataclasses import dataclass
from enum import IntEnum


class Direction(IntEnum):
    """Which way a reader votes; NONE withdraws."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class OwnVote:
    """How a reader has voted; a vote set apart is in no tally, and is shown to its voter alone."""

    direction: Direction
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes for and against a comment or an article."""

    up: int
    down: int
