"""What the pipeline concludes about one comment, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.comment import Status


class Outcome(StrEnum):
    """What to do with the comment, from the mildest to the gravest."""

    APPROVE = "approve"
    HOLD = "hold"
    REJECT = "reject"

    @property
    def status(self) -> Status:
        """The status this outcome leads to."""
        return {
            Outcome.APPROVE: Status.APPROVED,
            Outcome.HOLD: Status.HELD,
            Outcome.REJECT: Status.REJECTED,
        }[self]


GRAVITY = tuple(Outcome)
"""Outcomes from the mildest to the gravest."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding: which phase, which code a person can look up, and how strong."""

    phase: str
    code: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome with every reason that led to it, in the order they were found.

    `margin` is how near the scores came to the nearest threshold: what is near teaches most.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    scores: Mapping[str, float | None] = field(default_factory=dict)
    model: str = ""
    language: str = ""
    margin: float | None = None
    hosts: tuple[str, ...] = ()
