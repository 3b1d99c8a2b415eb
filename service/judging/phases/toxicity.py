"""Judge by the toxicity scores: the classifier decides when it is sure, otherwise a person."""

from service.domain.attribute import ABUSE
from service.domain.verdict import GRAVITY, Opinion
from service.judging.case import Case
from service.judging.phases.score import opinions_on


def toxicity(case: Case) -> Opinion | None:
    """Ask for the gravest outcome that any score calls for, with the first reason for it.

    A score takes precedence over a missing one.
    """
    return max(opinions_on(case, ABUSE), key=_weight, default=None)


def _weight(opinion: Opinion) -> tuple[int, bool]:
    return GRAVITY.index(opinion.outcome), not opinion.lacks_score
