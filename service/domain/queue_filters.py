"""The filters and sort orders of a queue."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The queues; `pending` waits too long for a worker, `mine` is one moderator's share."""

    HELD = "held"
    FLAGGED = "flagged"
    PENDING = "pending"
    MINE = "mine"
    REJECTED = "rejected"
    APPROVED = "approved"


class QueueOrder(StrEnum):
    """Sort orders; `unsure` begins nearest to a threshold: those teach the model most."""

    OLDEST = "oldest"
    NEWEST = "newest"
    SCORE = "score"
    UNSURE = "unsure"
    FLAGS = "flags"
    TRAFFIC = "traffic"


USUAL = {
    State.FLAGGED: QueueOrder.FLAGS,
    State.REJECTED: QueueOrder.NEWEST,
    State.APPROVED: QueueOrder.NEWEST,
}


@dataclass(frozen=True, slots=True)
class Band:
    """A range of one score, from 0 to 1, both ends included."""

    attribute: str
    low: float = 0.0
    high: float = 1.0

    def holds(self, score: float | None) -> bool:
        """Return whether a score is in the range."""
        return score is not None and self.low <= score <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """A queue with its filters; an empty filter matches everything."""

    state: State = State.HELD
    order: QueueOrder | None = None
    thread: str = ""
    author: str = ""
    reason: str = ""
    language: str = ""
    host: str = ""
    words: str = ""
    band: Band | None = None

    @property
    def sorted_by(self) -> QueueOrder:
        """The requested order, or the queue's default."""
        return self.order or USUAL.get(self.state, QueueOrder.OLDEST)

    @property
    def facets(self) -> list[str]:
        """The facets (lib/queue.lua) that each contain every comment that matches."""
        values = {
            "thread": self.thread,
            "author": self.author,
            "reason": self.reason,
            "language": self.language,
            "host": host_digest(self.host) if self.host else "",
        }
        return [f"{kind}:{value}" for kind, value in values.items() if value]

    @property
    def is_narrow(self) -> bool:
        """Whether any filter is set."""
        return bool(self.facets or self.words or self.band)


def host_digest(host: str) -> str:
    """Return the digest that lib/queue.lua uses for a host: keys never contain outside text."""
    return hashlib.sha1(host.encode(), usedforsecurity=False).hexdigest()[:16]
