"""Reject what holds a word that the site's owner has blocked."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def blocked_words(case: Case) -> Opinion | None:
    """Ask to reject where the text holds a blocked word."""
    if not case.blocked:
        return None
    return Opinion("blocked_words/blocked-word", Outcome.REJECT, float(len(case.blocked)))
