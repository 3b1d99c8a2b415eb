"""A model of one comment, in plain Python."""

from dataclasses import dataclass, field

from service.domain.comment import Status
from service.domain.moments import to_ms
from service.domain.vote import Direction, Tally


@dataclass
class CommentModel:
    """The expected state of one comment."""

    id: str
    thread: str
    author: str
    body: str
    status: Status
    revision: int = 0
    root: str | None = None
    votes: dict[str, Direction] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    answered: int = 0
    claimed_by: str | None = None
    due: int | None = None
    tries: int = 0

    @property
    def open_flags(self):
        return sum(at > self.answered for at in self.flags.values())

    def is_still(self, seen):
        """Say whether a comment is unchanged since it was read."""
        return (seen.status, seen.revision) == (self.status, self.revision)

    def moves_to(self, status, now):
        if (self.status, status) == (Status.HELD, Status.APPROVED):
            self.answered = to_ms(now)
        self.status, self.claimed_by = status, None
        if status is not Status.PENDING:
            self.due, self.tries = None, 0


def tally(cast):
    counts = [list(cast.values()).count(way) for way in (Direction.UP, Direction.DOWN)]
    return Tally(*counts)
