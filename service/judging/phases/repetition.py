"""Hold near-duplicates of recent comments."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def repetition(case: Case) -> Opinion | None:
    """Ask for a person if the author repeats a text or several comments are nearly the same."""
    if case.alike.by_author:
        return Opinion("repetition/again", Outcome.HOLD, float(case.alike.by_author))
    if case.alike.texts >= case.policy.repeats:
        return Opinion("repetition/many-alike", Outcome.HOLD, float(case.alike.texts))
    return None
