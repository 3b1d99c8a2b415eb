"""A model of one comment, in plain Python."""

from dataclasses import dataclass, field

from service.domain.comment import Status
from service.domain.moments import to_ms
from service.domain.verdict import Opinion, Outcome
from service.domain.vote import Direction, Tally

# What the machine may find in a comment.
FINDINGS = [
    {},
    {"language": "en", "margin": 0.01, "scores": {"TOXICITY": 0.7, "SPAM": 0.2}},
    {
        "language": "de",
        "margin": 0.2,
        "scores": {"SPAM": 0.9},
        "opinions": (Opinion("spam/spam", Outcome.HOLD),),
    },
    {"hosts": ("a.example", "b.example")},
]


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


def exchanges_in(article, models):
    """Return the visible comments of an article by the roots of their exchanges."""
    here = [m for m in models if m.thread == article.id and m.status is Status.APPROVED]
    roots = {m.root or m.id for m in here}
    return {root: [m.id for m in here if m.root == root] for root in sorted(roots)}
