"""Judge by the classifier's spam score."""

from workers.case import Case, Opinion
from workers.phases.score import by_score


def spam(case: Case) -> Opinion | None:
    """Ask for what the site's threshold for spam says."""
    return by_score(case, "spam", "SPAM")
