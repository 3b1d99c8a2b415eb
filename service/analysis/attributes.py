"""The attributes that callers of Perspective ask for, and which of our scores answers for each."""

from collections.abc import Mapping
from typing import Final

from service.domain.attribute import ATTRIBUTES
from service.scoring import Scores

TOXICITY: Final = "TOXICITY"
# The highest of these answers; the first must be there. docs/wire-protocols.md says how well those
# that are not our own agree with Perspective's.
SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: (name,) for name in ATTRIBUTES},
    "TOXICITY_FAST": ("TOXICITY",),
    "OBSCENE": ("PROFANITY",),
    "INFLAMMATORY": ("TOXICITY",),
    "ATTACK_ON_COMMENTER": ("TOXICITY", "INSULT"),
    "LIKELY_TO_REJECT": ATTRIBUTES,
}
# Known to Perspective; nothing of ours says what they say.
WITHOUT_SOURCE: Final = frozenset({"FLIRTATION", "ATTACK_ON_AUTHOR", "INCOHERENT", "UNSUBSTANTIAL"})
# Likewise, and here a high score speaks for a comment.
BRIDGING: Final = frozenset(
    {
        "AFFINITY",
        "COMPASSION",
        "CURIOSITY",
        "NUANCE",
        "PERSONAL_STORY",
        "REASONING",
        "RESPECT",
    }
)
NOTHING_GOOD: Final = 0.0


def plain(name: str) -> str:
    """Give an attribute's name without its version and without `_EXPERIMENTAL`."""
    return name.partition("@")[0].removesuffix("_EXPERIMENTAL")


def is_known(name: str) -> bool:
    """Tell whether Perspective has, or had, an attribute of this name."""
    return any(plain(name) in names for names in (SOURCES, WITHOUT_SOURCE, BRIDGING))


def is_scored(name: str) -> bool:
    """Tell whether any language has a score for it."""
    return plain(name) in SOURCES


def value(scores: Scores, name: str) -> float | None:
    """Give the score of an attribute, None where this text has none."""
    sources = SOURCES.get(plain(name), ())
    if not sources or scores.get(sources[0]) is None:
        return None
    return max(score for source in sources if (score := scores.get(source)) is not None)


def stand_in(scores: Scores, name: str, unscored: float) -> float:
    """Give what stands for a score we do not have: never something that speaks for the comment.

    The nearest we have, which is the toxicity in the same language; for what has no source at all
    the highest of our scores; else `unscored`.
    """
    if plain(name) in BRIDGING:
        return NOTHING_GOOD
    if plain(name) == "SPAM":
        return unscored
    nearest = "LIKELY_TO_REJECT" if plain(name) in WITHOUT_SOURCE else TOXICITY
    score = value(scores, nearest)
    return unscored if score is None else score
