"""Compare one score with the site's threshold; without a score that counts a person decides."""

from service.domain.policy import Threshold
from service.domain.verdict import Outcome, Reason
from workers.case import Case, Opinion

NEVER = Threshold(1.01)
# Without these nothing is known of a text; a model may lack the finer ones.
ESSENTIAL = frozenset({"TOXICITY", "SPAM"})


def by_score(case: Case, phase: str, attribute: str) -> Opinion | None:
    """Ask for what the threshold of one attribute says."""
    score = case.scores.get(attribute)
    if score is None:
        unknown = Opinion(Reason(phase, "not-scored"), Outcome.HOLD)
        return unknown if attribute in ESSENTIAL else None
    threshold = case.policy.thresholds.get(attribute, NEVER)
    if score < threshold.hold:
        return None
    code = attribute.lower().replace("_", "-")
    outcome = Outcome.REJECT if score >= threshold.reject else Outcome.HOLD
    return Opinion(Reason(phase, code, score), outcome)
