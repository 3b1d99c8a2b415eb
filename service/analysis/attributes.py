"""Perspective's attributes, and the scores of ours that answer for each."""

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
# Known to Perspective; no score of ours corresponds to them.
WITHOUT_SOURCE: Final = frozenset({"FLIRTATION", "ATTACK_ON_AUTHOR", "INCOHERENT", "UNSUBSTANTIAL"})
# Likewise, but here a high score speaks in favour of a comment.
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
    """Return an attribute's name without its version and `_EXPERIMENTAL`."""
    return name.partition("@")[0].removesuffix("_EXPERIMENTAL")


def is_known(name: str) -> bool:
    """Tell whether Perspective has or had an attribute with this name."""
    return any(plain(name) in names for names in (SOURCES, WITHOUT_SOURCE, BRIDGING))


def is_scored(name: str) -> bool:
    """Tell whether the attribute has a score in any language."""
    return plain(name) in SOURCES


def value(scores: Scores, name: str) -> float | None:
    """Return the score of an attribute, None if this text has none."""
    sources = SOURCES.get(plain(name), ())
    if not sources or scores.get(sources[0]) is None:
        return None
    return max(score for source in sources if (score := scores.get(source)) is not None)


def stand_in(scores: Scores, name: str, unscored: float) -> float:
    """Return a substitute for a missing score, never one that favours the comment.

    This is the nearest score we have: the toxicity in the same language, or for attributes without
    any source the highest of our scores; otherwise `unscored`.
    """
    if plain(name) in BRIDGING:
        return NOTHING_GOOD
    if plain(name) == "SPAM":
        return unscored
    nearest = "LIKELY_TO_REJECT" if plain(name) in WITHOUT_SOURCE else TOXICITY
    score = value(scores, nearest)
    return unscored if score is None else score
