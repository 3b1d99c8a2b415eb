"""A policy: what a site's owner wants done with its comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.attribute import ATTRIBUTES, ESSENTIAL
from service.domain.reserved import RESERVED_NAMES
from service.domain.verdict import Outcome

NEVER = 1.01
"""A threshold that no score reaches."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `hold` on a person decides, from `reject` on the machine rejects; 1.01 means never."""

    hold: float = NEVER
    reject: float = NEVER


# Chosen so that the machine rejects only where it is nearly certain: readers who are silenced
# wrongly leave, readers who are held for an hour stay. Every attribute has a line here.
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

# What moderators choose from when they reject a comment; its author reads it.
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
    """What one site wants; every phase reads its own line.

    Lengths are in characters, windows in seconds. `blocked_words` are words, phrases or RE2
    patterns between slashes, e.g. `/v[i1]agra/`. `thresholds` may lack attributes that are newer
    than the site: ask `threshold`. `comments_per_minute` counts one address, 0 is no limit. With
    `nudge` writers are asked to rephrase what would be held for its tone. `reasons` are what
    moderators may reject a comment for; with `dsa` they have to name one.
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

    def threshold(self, attribute: str) -> Threshold:
        """Give the site's threshold, else the default; of what is no attribute of ours, never."""
        known = self.thresholds.get(attribute) or DEFAULT_THRESHOLDS.get(attribute)
        return known or Threshold()

    @property
    def every_threshold(self) -> Mapping[str, Threshold]:
        """The threshold of each attribute, also of those that the site has not set."""
        return {name: self.threshold(name) for name in (*ATTRIBUTES, *self.thresholds)}

    def wish(self, attribute: str, score: float | None) -> Outcome:
        """Say what the site wants done with a score: the one place where it meets a threshold.

        Where a score that counts is missing a person decides; any other may be missing.
        """
        if score is None:
            return Outcome.HOLD if attribute in ESSENTIAL else Outcome.APPROVE
        threshold = self.threshold(attribute)
        if score < threshold.hold:
            return Outcome.APPROVE
        return Outcome.REJECT if score >= threshold.reject else Outcome.HOLD

    def margin(self, scores: Mapping[str, float | None]) -> float | None:
        """Say how near a score came to a threshold; None where nothing was scored."""
        distances = [
            abs(score - level)
            for attribute, threshold in self.every_threshold.items()
            if (score := scores.get(attribute)) is not None
            for level in (threshold.hold, threshold.reject)
            if level <= 1
        ]
        return min(distances, default=None)
