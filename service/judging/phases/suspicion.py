"""Hold comments of which it is doubtful that a person sent them."""

from service.domain.comment import Doubt
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case

# The gravest first.
REASONS = {
    Doubt.TRAP: "suspicion/trap",
    Doubt.HASTE: "suspicion/haste",
    Doubt.NO_WORK: "suspicion/no-work",
}


def suspicion(case: Case) -> Opinion | None:
    """Ask for a person if a comment came with a code but no work, in haste, or by the trap."""
    reasons = (reason for doubt, reason in REASONS.items() if doubt in case.doubts)
    first = next(reasons, None)
    return Opinion(first, Outcome.HOLD) if first else None
