"""Judge by the classifier's spam score."""

from service.judging.case import Case, Opinion
from service.judging.phases.score import by_score


def spam(case: Case) -> Opinion | None:
    """Ask for what the site's threshold for spam says."""
    return by_score(case, "spam", "SPAM")
