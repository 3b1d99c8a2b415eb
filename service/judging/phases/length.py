"""Hold what is longer or shorter than the site allows now: the policy may have changed since."""

from service.domain.verdict import Outcome, Reason
from service.judging.case import Case, Opinion


def length(case: Case) -> Opinion | None:
    """Ask for a person where the text's length is out of bounds."""
    characters = len(case.comment.body)
    if characters < case.policy.min_length:
        return Opinion(Reason("length", "too-short", float(characters)), Outcome.HOLD)
    if characters > case.policy.max_length:
        return Opinion(Reason("length", "too-long", float(characters)), Outcome.HOLD)
    return None
