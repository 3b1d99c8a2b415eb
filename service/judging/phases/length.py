"""Hold what is longer or shorter than the site allows now: the policy may have changed since."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def length(case: Case) -> Opinion | None:
    """Ask for a person where the text's length is out of bounds."""
    if case.characters is None:
        return None
    if case.characters < case.policy.min_length:
        return Opinion("length/too-short", Outcome.HOLD, float(case.characters))
    if case.characters > case.policy.max_length:
        return Opinion("length/too-long", Outcome.HOLD, float(case.characters))
    return None
