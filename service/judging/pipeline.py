"""Let every phase look at a case; the gravest outcome that one asks for is the verdict."""

from collections.abc import Iterable

from service.domain.site import Mode
from service.domain.verdict import GRAVITY, Outcome, Reason, Verdict
from service.judging.case import Case, Phase
from service.judging.phases.author_status import waives


def judge(case: Case, phases: Iterable[Phase], *, model: str = "") -> Verdict:
    """Reach a verdict; all reasons are kept, also those that did not decide.

    Where a person wants to read everything first, nothing is rejected by the machine either.
    Mild doubts about an author whom a moderator trusts do not hold his comment.
    """
    opinions = [opinion for phase in phases if (opinion := phase(case)) is not None]
    outcome = max((o.outcome for o in opinions), key=GRAVITY.index, default=Outcome.APPROVE)
    reasons = tuple(opinion.reason for opinion in opinions)
    if outcome is Outcome.HOLD and waives(case, opinions):
        outcome, reasons = Outcome.APPROVE, (*reasons, Reason("footing", "trusted"))
    if case.mode is Mode.PRE:
        outcome, reasons = Outcome.HOLD, (*reasons, Reason("mode", "pre"))
    return Verdict(
        outcome,
        reasons,
        dict(case.scores),
        model,
        language=case.language,
        margin=margin(case),
        hosts=case.domains,
    )


def margin(case: Case) -> float | None:
    """Say how near a score came to a threshold; None where nothing was scored."""
    found = [
        abs(score - mark)
        for attribute, line in case.policy.thresholds.items()
        if (score := case.scores.get(attribute)) is not None
        for mark in (line.hold, line.reject)
        if mark <= 1
    ]
    return min(found, default=None)
