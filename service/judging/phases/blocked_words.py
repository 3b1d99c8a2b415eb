"""Reject comments that contain a word the site has blocked."""

from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def blocked_words(case: Case) -> Opinion | None:
    """Ask to reject if the text contains a blocked word."""
    if not case.blocked:
        return None
    return Opinion("blocked_words/blocked-word", Outcome.REJECT, float(len(case.blocked)))
