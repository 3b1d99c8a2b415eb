"""Hold what was said nearly word for word just before."""

from service.domain.verdict import Outcome, Reason
from service.judging.case import Case, Opinion


def repetition(case: Case) -> Opinion | None:
    """Ask for a person where one author repeats himself, or many say the same."""
    if case.alike.by_author:
        return Opinion(Reason("repetition", "again", float(case.alike.by_author)), Outcome.HOLD)
    if case.alike.texts >= case.policy.repeats:
        return Opinion(Reason("repetition", "many-alike", float(case.alike.texts)), Outcome.HOLD)
    return None
