"""Compare one score with the site's threshold; without a score that counts a person decides."""

from service.domain.attribute import ESSENTIAL
from service.domain.policy import Threshold
from service.domain.verdict import Outcome, Reason
from service.judging.case import Case, Opinion


def by_score(case: Case, phase: str, attribute: str) -> Opinion | None:
    """Ask for what the threshold of one attribute says."""
    score = case.scores.get(attribute)
    if score is None:
        unknown = Opinion(Reason(phase, "not-scored"), Outcome.HOLD)
        return unknown if attribute in ESSENTIAL else None
    threshold = case.policy.thresholds.get(attribute, Threshold())
    if score < threshold.hold:
        return None
    code = attribute.lower().replace("_", "-")
    outcome = Outcome.REJECT if score >= threshold.reject else Outcome.HOLD
    return Opinion(Reason(phase, code, score), outcome)
