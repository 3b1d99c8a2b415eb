"""Comments, and the transitions that their status may make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """The status of a comment; `pending` waits for a worker, `held` for a moderator."""

    PENDING = "pending"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    REMOVED = "removed"


class Badge(StrEnum):
    """Marks a comment by the newsroom: by its staff, or by the author of the article."""

    STAFF = "staff"
    AUTHOR = "author"


class Doubt(StrEnum):
    """Why it is doubtful that a person sent a comment: a code but no work, haste, or the trap."""

    NO_WORK = "no-work"
    HASTE = "haste"
    TRAP = "trap"


# An author's edit leads back to `pending`, and an author may withdraw an undecided comment; every
# other transition is a verdict or a decision.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.PENDING: frozenset({Status.APPROVED, Status.HELD, Status.REJECTED, Status.REMOVED}),
    Status.HELD: frozenset({Status.APPROVED, Status.REJECTED, Status.PENDING, Status.REMOVED}),
    Status.APPROVED: frozenset({Status.HELD, Status.REJECTED, Status.REMOVED, Status.PENDING}),
    Status.REJECTED: frozenset({Status.APPROVED}),
    Status.REMOVED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One reader's comment on one thread.

    `scores`, `reasons`, `language`, `hosts` (those it links to) and `margin` (the distance to the
    nearest threshold) come from the latest verdict; the log has the earlier ones.
    `named_language` is the language that its page or request named, "" if only the site's counts.
    `revision` counts the author's edits: a verdict holds only for the revision it was made on.
    `root` is the top comment of its exchange, None for that comment itself.
    `column` is its place in the search index. Only the newsroom's key gives a `badge`.
    `doubts` are about how it came in. `person` identifies the writer by name and network, the same
    on all sites; `network` is a pseudonym of their household's network that is used for this
    comment alone. `flags_not_kept` counts flags beyond the number that is kept.
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
    network: str = ""
    flags_not_kept: int = 0
    language: str = ""
    margin: float | None = None
    hosts: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    named_language: str = ""
