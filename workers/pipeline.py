"""Let every phase look at a case; the gravest outcome that one asks for is the verdict."""

from collections.abc import Iterable

from service.domain.site import Mode
from service.domain.verdict import Outcome, Reason, Verdict
from workers.case import GRAVITY, Case, Phase


def judge(case: Case, phases: Iterable[Phase], *, model: str = "") -> Verdict:
    """Reach a verdict; all reasons are kept, also those that did not decide.

    Where a person wants to read everything first, nothing is rejected by the machine either.
    """
    opinions = [opinion for phase in phases if (opinion := phase(case)) is not None]
    outcome = max((o.outcome for o in opinions), key=GRAVITY.index, default=Outcome.APPROVE)
    reasons = tuple(opinion.reason for opinion in opinions)
    if case.mode is Mode.PRE:
        outcome, reasons = Outcome.HOLD, (*reasons, Reason("mode", "pre"))
    return Verdict(outcome, reasons, dict(case.scores), model)
