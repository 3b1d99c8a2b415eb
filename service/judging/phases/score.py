"""Turn scores into opinions: the outcome that the site's policy asks for, and its reason."""

from collections.abc import Iterable

from service.domain import reason
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def opinions_on(case: Case, attributes: Iterable[str]) -> list[Opinion]:
    """Return the opinions on these attributes' scores; a missing essential score is one too.

    A person decides where a zero-shot score would reject.
    """
    opinions = (_opinion(case, attribute) for attribute in attributes)
    return [opinion for opinion in opinions if opinion.outcome is not Outcome.APPROVE]


def _opinion(case: Case, attribute: str) -> Opinion:
    score = case.scores.get(attribute)
    code = reason.unscored(attribute) if score is None else reason.scored(attribute)
    wish = case.policy.wish(attribute, score)
    if wish is Outcome.REJECT and case.depth.is_zero_shot:
        wish = Outcome.HOLD
    return Opinion(code, wish, score)
