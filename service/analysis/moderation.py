"""Categories of OpenAI's moderation, as far as our scores cover them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.analysis.analyst import Analyst
from service.domain.errors import NotScored
from service.domain.key import ApiKey
from service.domain.policy import Policy
from service.domain.verdict import Depth, Outcome
from service.scoring import UNREAD, ScoredText, Scores

# The highest score of a group answers; where there are two groups, the lower of both results.
SOURCES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "harassment": (("TOXICITY", "INSULT"),),
    "harassment/threatening": (("TOXICITY", "INSULT"), ("THREAT",)),
    "hate": (("IDENTITY_ATTACK",),),
    "hate/threatening": (("IDENTITY_ATTACK",), ("THREAT",)),
    "sexual": (("SEXUALLY_EXPLICIT",),),
    "violence": (("THREAT",),),
}
# No score of ours covers these. Their list of input types is empty: nothing was examined.
NOT_JUDGED: Final = (
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/instructions",
    "self-harm/intent",
    "sexual/minors",
    "violence/graphic",
)
CATEGORIES: Final = tuple(sorted((*SOURCES, *NOT_JUDGED)))


@dataclass(frozen=True, slots=True)
class Category:
    """One category of one text; `is_judged` is false if we have no score for it.

    `is_substitute` tells that toxicity, or a fixed number, stands in for a score.
    """

    score: float
    is_flagged: bool
    is_judged: bool
    is_substitute: bool = False


@dataclass(frozen=True, slots=True)
class JudgedText:
    """The categories of one text, and how thoroughly it was read."""

    categories: Mapping[str, Category]
    depth: Depth


def judge(analyst: Analyst, key: ApiKey, texts: Sequence[str]) -> list[JudgedText]:
    """Judge texts by the thresholds of the key's site; a text without a score is flagged."""
    policy = analyst.keyring.policy(key)
    return [
        JudgedText(categorise(policy, text.scores, key.unscored), text.depth)
        for text in _read(analyst, key, texts)
    ]


def categorise(policy: Policy, scores: Scores, unscored: float) -> dict[str, Category]:
    """Map scores to categories; a category is flagged if the policy would not approve its score."""
    return {name: _category(policy, scores, name, unscored) for name in CATEGORIES}


def _read(analyst: Analyst, key: ApiKey, texts: Sequence[str]) -> list[ScoredText]:
    try:
        return analyst.scorer(key).read(texts)
    except NotScored:
        return [UNREAD for _ in texts]


def _category(policy: Policy, scores: Scores, name: str, unscored: float) -> Category:
    if name not in SOURCES:
        return Category(0.0, False, False)
    values = [_highest(scores, group, unscored) for group in SOURCES[name]]
    is_flagged = all(
        _is_reached(policy, scores, group, value)
        for value, group in zip(values, SOURCES[name], strict=True)
    )
    is_substitute = any(_own(scores, group) is None for group in SOURCES[name])
    return Category(min(values), is_flagged, True, is_substitute)


def _is_reached(policy: Policy, scores: Scores, group: tuple[str, ...], highest: float) -> bool:
    """Tell whether a score of a group, or its substitute, reaches its threshold."""
    own = {name: score for name in group if (score := scores.get(name)) is not None}
    compared = own or dict.fromkeys(group, highest)
    return any(policy.wish(name, score) is not Outcome.APPROVE for name, score in compared.items())


def _highest(scores: Scores, group: tuple[str, ...], unscored: float) -> float:
    """Return the highest score of a group; toxicity substitutes for what a language lacks."""
    found = (_own(scores, names) for names in (group, ("TOXICITY",)))
    return next((value for value in found if value is not None), unscored)


def _own(scores: Scores, group: tuple[str, ...]) -> float | None:
    values = [value for name in group if (value := scores.get(name)) is not None]
    return max(values, default=None)
