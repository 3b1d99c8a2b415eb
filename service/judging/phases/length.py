"""Hold texts outside the site's length limits: the policy may have changed since submission."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def length(case: Case) -> Opinion | None:
    """Ask for a person if the text is too short or too long."""
    if case.body is None:
        return None
    characters = len(case.body)
    if characters < case.policy.min_length:
        return Opinion("length/too-short", Outcome.HOLD, float(characters))
    if characters > case.policy.max_length:
        return Opinion("length/too-long", Outcome.HOLD, float(characters))
    return None
