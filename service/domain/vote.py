"""One reader, one comment or article, one vote."""

from dataclasses import dataclass
from enum import IntEnum


class Direction(IntEnum):
    """Which way a reader votes; NONE withdraws."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """How many readers stand behind a comment or an article, and how many against it."""

    up: int
    down: int
