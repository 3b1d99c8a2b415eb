"""A decision: what a moderator does with a comment."""

from enum import StrEnum

from service.domain.comment import Status


class Action(StrEnum):
    """The verbs of the review desk; `keep` answers the flags on what is published."""

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
