"""Verdicts: the machine's conclusion about a comment, with its reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from service.domain.comment import Status

NOT_SCORED: Final = "not-scored"
"""The end of the code of a reason for a missing score."""


class Outcome(StrEnum):
    """The possible outcomes, from the mildest to the gravest."""

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


class Depth(StrEnum):
    """How thoroughly a text was read for its scores, from the least certain scores on.

    Read once by linear models, or twice, by an encoder too. Zero-shot: in a language in which the
    encoder was never trained, and in which nobody may have measured it either.
    """

    UNREAD = ""
    UNMEASURED = "zero-shot-unmeasured"
    ZERO_SHOT = "zero-shot"
    ONCE = "once"
    TWICE = "twice"

    @property
    def is_zero_shot(self) -> bool:
        """Whether the scores are too uncertain for the machine to reject anything."""
        return self in {Depth.ZERO_SHOT, Depth.UNMEASURED}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one phase asks for: a reason's code, the outcome, and the strength of the reason.

    The strength is a score, or a number of characters, links, words or comments.
    """

    reason: str
    outcome: Outcome
    strength: float | None = None

    @property
    def lacks_score(self) -> bool:
        """Whether the reason is a missing score."""
        return self.reason.endswith(f"/{NOT_SCORED}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, with every opinion in the order of the phases.

    `margin` is the distance of the scores to the nearest threshold: near ones teach most. `depth`
    is how thoroughly the text was read.
    """

    outcome: Outcome
    opinions: tuple[Opinion, ...] = ()
    scores: Mapping[str, float | None] = field(default_factory=dict)
    model: str = ""
    language: str = ""
    margin: float | None = None
    hosts: tuple[str, ...] = ()
    depth: Depth = Depth.UNREAD

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons."""
        return tuple(opinion.reason for opinion in self.opinions)


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the gravest outcome, or approve if there are none."""
    return max(outcomes, key=GRAVITY.index, default=Outcome.APPROVE)
