"""A policy: what a site's owner wants done with its comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.reserved import RESERVED_NAMES

NEVER = 1.01
"""A threshold that no score reaches."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `hold` on a person looks, from `reject` on the machine decides; 1.01 means never."""

    hold: float = NEVER
    reject: float = NEVER


# Chosen so that the machine rejects only where it is nearly certain: whoever is silenced wrongly
# leaves, whoever is held for an hour stays.
DEFAULT_THRESHOLDS: dict[str, Threshold] = {
    "TOXICITY": Threshold(0.60, 0.995),
    "SEVERE_TOXICITY": Threshold(0.50, 0.95),
    "INSULT": Threshold(0.75),
    "PROFANITY": Threshold(0.80),
    "THREAT": Threshold(0.40, 0.97),
    "IDENTITY_ATTACK": Threshold(0.50, 0.97),
    "SEXUALLY_EXPLICIT": Threshold(0.70),
    "SPAM": Threshold(0.60, 0.98),
}

# What a moderator chooses from when he refuses a comment; its author reads it.
DEFAULT_REASONS = (
    "It insults somebody.",
    "It attacks a group of people.",
    "It has nothing to do with the article.",
    "It is advertising.",
    "It names private facts about somebody.",
    "It breaks the law.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The wishes of one site; every phase reads its own line.

    Lengths are in characters, windows in seconds. `blocked_words` are words, phrases or RE2
    patterns between slashes, e.g. `/v[i1]agra/`. `comments_per_minute` counts one address, 0 is
    no limit. With `nudge` a writer is asked to rephrase what would be held for its tone.
    `reasons` are what a moderator may refuse a comment for; with `dsa` he has to name one.
    """

    min_length: int = 1
    max_length: int = 5000
    max_links: int = 2
    trusted_domains: tuple[str, ...] = ()
    blocked_domains: tuple[str, ...] = ()
    blocked_words: tuple[str, ...] = ()
    thresholds: Mapping[str, Threshold] = field(default_factory=lambda: dict(DEFAULT_THRESHOLDS))
    repeats: int = 2
    rejections: int = 3
    rejection_share: float = 0.3
    edit_window: int = 300
    flags_to_hold: int = 3
    retention_days: int = 30
    comments_per_minute: int = 6
    closed_after_days: int | None = None
    nudge: bool = False
    appeal_days: int = 30
    reserved_names: tuple[str, ...] = RESERVED_NAMES
    reasons: tuple[str, ...] = DEFAULT_REASONS
    dsa: bool = False
