"""Decisions: what a moderator does with a comment."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.comment import Comment, Status


class Action(StrEnum):
    """The actions of the review desk; `keep` answers the flags on a published comment."""

    APPROVE = "approve"
    REJECT = "reject"
    REMOVE = "remove"
    HOLD = "hold"
    KEEP = "keep"

    @property
    def status(self) -> Status:
        """The status this action leads to."""
        return {
            Action.APPROVE: Status.APPROVED,
            Action.REJECT: Status.REJECTED,
            Action.REMOVE: Status.REMOVED,
            Action.HOLD: Status.HELD,
            Action.KEEP: Status.APPROVED,
        }[self]


@dataclass(frozen=True, slots=True)
class Seen:
    """A comment as a moderator saw it: its status, and the number of edits.

    A `revision` of None matches any: a program may decide by the status alone.
    """

    status: Status
    revision: int | None = None

    def is_edited(self, comment: Comment) -> bool:
        """Return whether the author has edited the text since."""
        return self.revision not in (None, comment.revision)

    def is_still(self, comment: Comment) -> bool:
        """Return whether a comment is unchanged since it was seen."""
        return comment.status is self.status and not self.is_edited(comment)
