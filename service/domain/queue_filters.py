"""The filters of a queue: which comments a moderator wants to see, and in which order."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a queue holds; `pending` waits too long for a worker, `mine` for one moderator."""

    HELD = "held"
    FLAGGED = "flagged"
    PENDING = "pending"
    MINE = "mine"
    REJECTED = "rejected"
    APPROVED = "approved"


class QueueOrder(StrEnum):
    """What comes first; `unsure` is what lies nearest a threshold: it teaches the model most."""

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
    """A stretch of one score, from 0 to 1, both ends included."""

    attribute: str
    low: float = 0.0
    high: float = 1.0

    def holds(self, score: float | None) -> bool:
        """Tell whether a score lies within."""
        return score is not None and self.low <= score <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """One queue and what to show of it; an empty filter lets everything pass."""

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
        """The order asked for, else the usual one of the queue."""
        return self.order or USUAL.get(self.state, QueueOrder.OLDEST)

    @property
    def facets(self) -> list[str]:
        """Name the sorted sets of what is held (lib/queue.lua) that hold all that fits."""
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
        """Tell whether anything is filtered."""
        return bool(self.facets or self.words or self.band)


def host_digest(host: str) -> str:
    """Give the digest by which lib/queue.lua names a host: no stranger's text is part of a key."""
    return hashlib.sha1(host.encode(), usedforsecurity=False).hexdigest()[:16]
