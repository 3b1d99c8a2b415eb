"""Judge by the classifier's toxicity scores: where it is sure it decides, else a person does."""

from service.domain.attribute import ABUSE
from service.domain.verdict import GRAVITY, Opinion
from service.judging.case import Case
from service.judging.phases.score import opinions_on


def toxicity(case: Case) -> Opinion | None:
    """Ask for the gravest outcome that one of the scores calls for, with the first such reason.

    A score is a better reason than the lack of one.
    """
    return max(opinions_on(case, ABUSE), key=_weight, default=None)


def _weight(opinion: Opinion) -> tuple[int, bool]:
    return GRAVITY.index(opinion.outcome), not opinion.lacks_score
