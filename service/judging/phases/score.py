"""Turn scores into opinions: what the site's policy wishes, and the reason for it."""

from collections.abc import Iterable

from service.domain import reason
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def opinions_on(case: Case, attributes: Iterable[str]) -> list[Opinion]:
    """Give what the scores of some attributes ask for, or the lack of those that count."""
    opinions = (_opinion(case, attribute) for attribute in attributes)
    return [opinion for opinion in opinions if opinion.outcome is not Outcome.APPROVE]


def _opinion(case: Case, attribute: str) -> Opinion:
    score = case.scores.get(attribute)
    code = reason.unscored(attribute) if score is None else reason.scored(attribute)
    return Opinion(code, case.policy.wish(attribute, score), score)
