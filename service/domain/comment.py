"""A comment, and the only ways its status may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a comment stands; `pending` waits for a worker, `held` for a moderator."""

    PENDING = "pending"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    REMOVED = "removed"


class Badge(StrEnum):
    """Who writes for the newsroom: one of its staff, or whoever wrote the article."""

    STAFF = "staff"
    AUTHOR = "author"


# An author's edit leads back to `pending`, and an author may withdraw what is not yet decided;
# everything else is a verdict or a decision.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.PENDING: frozenset({Status.APPROVED, Status.HELD, Status.REJECTED, Status.REMOVED}),
    Status.HELD: frozenset({Status.APPROVED, Status.REJECTED, Status.PENDING, Status.REMOVED}),
    Status.APPROVED: frozenset({Status.HELD, Status.REJECTED, Status.REMOVED, Status.PENDING}),
    Status.REJECTED: frozenset({Status.APPROVED}),
    Status.REMOVED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One reader's words under one thread.

    `scores` and `reasons` are those of the latest verdict; the log has every earlier one.
    `revision` counts the author's edits: a verdict holds only for the revision it was made on.
    `root` is the comment at the top of the exchange it belongs to, None for such a one itself.
    `column` is its place in the search index. `badge` is given by the newsroom's key alone.
    `person` is who wrote it by name and network, the same on all sites. Of the latest verdict are
    also the `language`, the `margin` to the nearest threshold, and the `hosts` that it links to.
    """

    id: str
    thread: str
    author: str
    name: str
    body: str
    created_at: datetime
    status: Status = Status.PENDING
    parent: str | None = None
    root: str | None = None
    email: str | None = None
    up: int = 0
    down: int = 0
    revision: int = 0
    edited_at: datetime | None = None
    scores: Mapping[str, float | None] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    last_entry: str | None = None
    column: int | None = None
    badge: Badge | None = None
    person: str = ""
    language: str = ""
    margin: float | None = None
    hosts: tuple[str, ...] = ()
