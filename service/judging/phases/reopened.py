"""Hold edited comments that reports or a person had held before."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def reopened(case: Case) -> Opinion | None:
    """Ask for a person again, so that an edit cannot evade the hold."""
    return Opinion("reopened/held-before", Outcome.HOLD) if case.was_held else None
