"""Reject what holds a word that the site's owner has blocked."""

from service.domain.verdict import Outcome, Reason
from service.judging.case import Case, Opinion


def blocked_words(case: Case) -> Opinion | None:
    """Ask to reject where a blocked word was found."""
    if not case.blocked:
        return None
    return Opinion(
        Reason("blocked_words", "blocked-word", float(len(case.blocked))), Outcome.REJECT
    )
