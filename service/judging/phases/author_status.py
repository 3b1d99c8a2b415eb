"""Hold what a muted author writes, and waive mild doubts about a trusted one."""

from collections.abc import Sequence

from service.domain.attribute import GRAVE
from service.domain.footing import FootingKind
from service.domain.verdict import Outcome, Reason
from service.judging.case import Case, Opinion

MILD = frozenset(
    {
        "length/too-short",
        "length/too-long",
        "links/many-links",
        "repetition/again",
        "record/often-refused",
        "spam/spam",
        "toxicity/toxicity",
        "toxicity/insult",
        "toxicity/profanity",
    }
)


def footing(case: Case) -> Opinion | None:
    """Ask for a person where the author is muted, or was banned after he wrote this."""
    kind = case.footing.kind if case.footing else None
    if kind not in (FootingKind.MUTED, FootingKind.BANNED):
        return None
    return Opinion(Reason("footing", kind.value), Outcome.HOLD)


def waives(case: Case, opinions: Sequence[Opinion]) -> bool:
    """Tell whether trust in the author outweighs what was found; a rejection is never waived."""
    if case.footing is None or case.footing.kind is not FootingKind.TRUSTED:
        return False
    return all(_is_mild(opinion) for opinion in opinions) and not any(
        _is_over(case, attribute) for attribute in GRAVE
    )


def _is_mild(opinion: Opinion) -> bool:
    code = f"{opinion.reason.phase}/{opinion.reason.code}"
    return opinion.outcome is not Outcome.REJECT and code in MILD


def _is_over(case: Case, attribute: str) -> bool:
    score, line = case.scores.get(attribute), case.policy.thresholds.get(attribute)
    return score is not None and line is not None and score >= line.hold
