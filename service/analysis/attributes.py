"""Perspective's attributes, and the scores of ours that answer for each."""

import re
from collections.abc import Mapping
from typing import Final

from service.domain.attribute import ATTRIBUTES
from service.scoring import Scores

TOXICITY: Final = "TOXICITY"
# The highest of these scores answers; the first is required. docs/wire-protocols.md says how well
# the derived ones agree with Perspective's.
SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: (name,) for name in ATTRIBUTES},
    "TOXICITY_FAST": ("TOXICITY",),
    "OBSCENE": ("PROFANITY",),
    "INFLAMMATORY": ("TOXICITY",),
    "ATTACK_ON_COMMENTER": ("TOXICITY", "INSULT"),
    "LIKELY_TO_REJECT": ATTRIBUTES,
}
# Known to Perspective; no score of ours corresponds to them. The highest of these scores stands in.
WITHOUT_SOURCE: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("FLIRTATION", "ATTACK_ON_AUTHOR", "INCOHERENT", "UNSUBSTANTIAL"), ATTRIBUTES),
    **dict.fromkeys(("GENERALIZATION", "SCAPEGOATING"), ("TOXICITY", "IDENTITY_ATTACK")),
    **dict.fromkeys(
        ("ALIENATION", "FEARMONGERING", "MORAL_OUTRAGE", "POWER_APPEAL"), ("TOXICITY", "INSULT")
    ),
}
# Likewise, but here a high score speaks in favour of a comment.
BRIDGING: Final = frozenset(
    {
        "AFFINITY",
        "COMPASSION",
        "CONSTRUCTIVE",
        "CURIOSITY",
        "NUANCE",
        "PERSONAL_STORY",
        "REASONING",
        "RESPECT",
    }
)
# Neither for nor against a comment; less if it is toxic, nothing if it has no score at all.
NEUTRAL: Final = 0.5
UNJUDGED: Final = 0.0
# Attributes that are answered by a score of their own, where there is one.
OWN: Final = frozenset({*ATTRIBUTES, "TOXICITY_FAST"})
# What may be the name of an attribute; it is repeated in a header.
NAME: Final = re.compile(r"[A-Z][A-Z0-9_]{0,49}(?:@[A-Za-z0-9._-]{1,20})?")


def plain(name: str) -> str:
    """Return an attribute's name without its version and `_EXPERIMENTAL`."""
    return name.partition("@")[0].removesuffix("_EXPERIMENTAL")


def is_known(name: str) -> bool:
    """Tell whether Perspective has or had an attribute with this name."""
    return any(plain(name) in names for names in (SOURCES, WITHOUT_SOURCE, BRIDGING))


def may_be_one(name: str) -> bool:
    """Tell whether an unknown name may be that of an attribute, new or of another service."""
    return NAME.fullmatch(name) is not None


def is_scored(name: str) -> bool:
    """Tell whether the attribute has a score in any language."""
    return plain(name) in SOURCES


def value(scores: Scores, name: str) -> float | None:
    """Return the score of an attribute, None if this text has none."""
    return _highest(scores, SOURCES.get(plain(name), ()))


def is_substitute(scores: Scores, name: str) -> bool:
    """Tell whether another attribute's score, or a fixed number, answers for this one."""
    return plain(name) not in OWN or value(scores, name) is None


def stand_in(scores: Scores, name: str, unscored: float) -> float:
    """Return a substitute for a missing score, never one that favours the comment.

    This is the nearest score we have: the toxicity in the same language, or for attributes without
    any source the highest of related scores, for unknown ones of all; otherwise `unscored`.
    """
    asked = plain(name)
    if asked in BRIDGING:
        toxicity = value(scores, TOXICITY)
        return UNJUDGED if toxicity is None else min(NEUTRAL, 1 - toxicity)
    if asked == "SPAM":
        return unscored
    nearest = (TOXICITY,) if asked in SOURCES else WITHOUT_SOURCE.get(asked, ATTRIBUTES)
    score = _highest(scores, nearest)
    return unscored if score is None else score


def _highest(scores: Scores, sources: tuple[str, ...]) -> float | None:
    """Return the highest of several scores, None if the first of them is missing."""
    if not sources or scores.get(sources[0]) is None:
        return None
    return max(score for source in sources if (score := scores.get(source)) is not None)
