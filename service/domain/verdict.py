"""What is concluded about one comment, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from service.domain.comment import Status

NOT_SCORED: Final = "not-scored"
"""How the code of a reason ends that stands for the lack of a score."""


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
class Opinion:
    """What one phase asks for: the code of its reason, the outcome, and how strong the reason is.

    The strength is a score, or a number of characters, links, words or comments.
    """

    reason: str
    outcome: Outcome
    strength: float | None = None

    @property
    def lacks_score(self) -> bool:
        """Whether it is given for lack of a score."""
        return self.reason.endswith(f"/{NOT_SCORED}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, with every opinion that was given, in the order of the phases.

    `margin` is how near the scores came to the nearest threshold: what is near teaches most.
    """

    outcome: Outcome
    opinions: tuple[Opinion, ...] = ()
    scores: Mapping[str, float | None] = field(default_factory=dict)
    model: str = ""
    language: str = ""
    margin: float | None = None
    hosts: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons."""
        return tuple(opinion.reason for opinion in self.opinions)


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """Give the gravest of some outcomes; of none, to approve."""
    return max(outcomes, key=GRAVITY.index, default=Outcome.APPROVE)
