"""Hold what readers' reports or a person held before its author changed it."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def reopened(case: Case) -> Opinion | None:
    """Ask for a person again: an edit is no way around those who did not want it to stand."""
    return Opinion("reopened/held-before", Outcome.HOLD) if case.was_held else None
