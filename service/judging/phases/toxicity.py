"""Judge by the classifier's toxicity scores: sure enough, a machine decides; else a person does."""

from service.domain.attribute import ABUSE
from service.domain.verdict import GRAVITY
from service.judging.case import Case, Opinion
from service.judging.phases.score import by_score


def toxicity(case: Case) -> Opinion | None:
    """Ask for the gravest outcome that one of the scores calls for, with the first such reason."""
    found = [by_score(case, "toxicity", attribute) for attribute in ABUSE]
    opinions = [opinion for opinion in found if opinion is not None]
    return max(opinions, key=lambda o: GRAVITY.index(o.outcome), default=None)
