"""Policies: the rules that a site's owner sets for its comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.attribute import ATTRIBUTES, ESSENTIAL
from service.domain.policy_lines import Entries, LineGroup, lines_of, listing, number, share, switch
from service.domain.reserved import RESERVED_NAMES
from service.domain.verdict import Outcome

NEVER = 1.01
"""A threshold that no score reaches."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """At `hold` and above a person decides, at `reject` the machine rejects; 1.01 means never."""

    hold: float = NEVER
    reject: float = NEVER


# The machine rejects only where it is nearly certain: readers who are wrongly rejected leave,
# readers who are held for an hour stay. Every attribute has an entry here.
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

# The reasons that moderators choose from when they reject a comment; its author sees the reason.
DEFAULT_REASONS = (
    "It insults somebody.",
    "It attacks a group of people.",
    "It has nothing to do with the article.",
    "It is advertising.",
    "It names private facts about somebody.",
    "It breaks the law.",
)
WORDS, LINKS = LineGroup.WORDS, LineGroup.LINKS
READERS, WRITING = LineGroup.READERS, LineGroup.WRITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One site's policy; every phase reads its own line.

    Lengths are in characters, windows in seconds. `blocked_words` are words, phrases or RE2
    patterns between slashes, e.g. `/v[i1]agra/`. `thresholds` may lack attributes that are newer
    than the site: use `threshold`. `comments_per_minute` is per address, 0 is no limit. With
    `nudge`, authors are asked to rephrase a text that would be held for its tone. `reasons` are
    the ones moderators may reject for; with `dsa` they have to choose one.
    """

    thresholds: Mapping[str, Threshold] = field(default_factory=lambda: dict(DEFAULT_THRESHOLDS))
    blocked_words: tuple[str, ...] = field(
        default=(), metadata=listing("Blocked words", WORDS, entries=Entries.PATTERNS)
    )

    max_links: int = field(
        default=2,
        metadata=number(
            "Links to strangers allowed", 0, 1000, LINKS, "With more, a person decides."
        ),
    )
    trusted_domains: tuple[str, ...] = field(
        default=(),
        metadata=listing(
            "Hosts you trust", LINKS, "One per line; subdomains count too.", Entries.HOSTS
        ),
    )
    blocked_domains: tuple[str, ...] = field(
        default=(),
        metadata=listing(
            "Hosts you block", LINKS, "Comments that link to one are refused.", Entries.HOSTS
        ),
    )
    repeats: int = field(
        default=2,
        metadata=number("Number of near-duplicates at which a comment is held", 1, 1000, LINKS),
    )
    rejections: int = field(
        default=3,
        metadata=number(
            "Number of refusals at which an author’s comments are held", 1, 1000, LINKS
        ),
    )
    rejection_share: float = field(
        default=0.3,
        metadata=share(
            "Share of all their comments that must be refusals", 0.01, 1, LINKS, "0.3 means 30 %."
        ),
    )

    flags_to_hold: int = field(
        default=3,
        metadata=number("Number of networks whose reports send a comment back", 1, 1000, READERS),
    )
    reasons: tuple[str, ...] = field(
        default=DEFAULT_REASONS,
        metadata=listing("Reasons for a refusal", READERS, "One per line; the author sees them."),
    )
    dsa: bool = field(
        default=False,
        metadata=switch("Every refusal needs a reason (Digital Services Act)", READERS),
    )
    appeal_days: int = field(
        default=30,
        metadata=number("Days in which an author may appeal", 0, 3650, READERS, "0 means never."),
    )
    retention_days: int = field(
        default=30,
        metadata=number("Days after which refused comments are deleted", 1, 3650, READERS),
    )

    min_length: int = field(
        default=1, metadata=number("Shortest comment, characters", 1, 10_000, WRITING)
    )
    max_length: int = field(
        default=5000, metadata=number("Longest comment, characters", 1, 10_000, WRITING)
    )
    comments_per_minute: int = field(
        default=6,
        metadata=number(
            "Comments a minute from one address", 0, 100_000, WRITING, "0 means no limit."
        ),
    )
    edit_window: int = field(
        default=300,
        metadata=number("Seconds in which authors may change their comment", 0, 86_400, WRITING),
    )
    closed_after_days: int | None = field(
        default=None,
        metadata=number(
            "Days after which an article closes", 1, 36_500, WRITING, "Empty means never."
        ),
    )
    nudge: bool = field(
        default=False,
        metadata=switch("Ask authors to rephrase what would be held for its tone", WRITING),
    )
    reserved_names: tuple[str, ...] = field(
        default=RESERVED_NAMES,
        metadata=listing("Names that nobody may use", WRITING, "One per line."),
    )

    def threshold(self, attribute: str) -> Threshold:
        """Return the site's threshold, else the default; an unknown attribute has none (never)."""
        threshold = self.thresholds.get(attribute) or DEFAULT_THRESHOLDS.get(attribute)
        return threshold or Threshold()

    @property
    def every_threshold(self) -> Mapping[str, Threshold]:
        """The threshold of each attribute, including those that the site has not set."""
        return {name: self.threshold(name) for name in (*ATTRIBUTES, *self.thresholds)}

    def wish(self, attribute: str, score: float | None) -> Outcome:
        """Return the outcome for a score: the only place where scores are compared to thresholds.

        A person decides if an essential score is missing; any other may be missing.
        """
        if score is None:
            return Outcome.HOLD if attribute in ESSENTIAL else Outcome.APPROVE
        threshold = self.threshold(attribute)
        if score < threshold.hold:
            return Outcome.APPROVE
        return Outcome.REJECT if score >= threshold.reject else Outcome.HOLD

    def margin(self, scores: Mapping[str, float | None]) -> float | None:
        """Return the smallest distance of a score to a threshold; None if nothing was scored."""
        distances = [
            abs(score - level)
            for attribute, threshold in self.every_threshold.items()
            if (score := scores.get(attribute)) is not None
            for level in (threshold.hold, threshold.reject)
            if level <= 1
        ]
        return min(distances, default=None)


POLICY_LINES = lines_of(Policy)
