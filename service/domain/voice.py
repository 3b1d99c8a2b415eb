"""Voices: how many votes of one network count on one comment or article, and how much.

Tokens for readers cost nothing, so that the number of votes says little about the number of people.
A network's first votes count at once. Further ones are set apart until they look honest: when many
other networks have voted on the same comment, or with time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# How long a vote that is set apart waits to look honest.
APART_FOR = timedelta(hours=24)
# A network is forgotten, with what it may still do, when nothing was voted on for so long.
VOICES_LAST = timedelta(hours=48)
# Votes set apart of one household, and in all, that are kept on one comment; others are not kept.
MOST_OF_ONE = 20
MOST_APART = 200


class Why(StrEnum):
    """Why a vote is set apart: it came in a burst from few networks, or from the author's own."""

    BURST = "burst"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many votes of one network count: `at_once`, more per other network that votes and per
    hour, `at_most` so many.

    The first `full` votes have full weight in the order by votes, the n-th after them full / n.
    """

    at_once: int
    per_other: float
    per_hour: float
    at_most: int
    full: int


# Of a household or office, a neighbourhood or hoster, and a provider (`network.voters`). A school
# with 200 other networks around it has twelve votes at once; fifty networks that help each other
# have four each. Most readers of a local newspaper may have one provider. What each number does is
# told by `python -m benchmarks.votes`.
LIMITS = (
    Limit(at_once=2, per_other=0.05, per_hour=1 / 6, at_most=16, full=1),
    Limit(at_once=8, per_other=0.1, per_hour=1 / 2, at_most=40, full=4),
    Limit(at_once=40, per_other=3, per_hour=3, at_most=10**6, full=40),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """The votes of one network that count, and when the first of them came."""

    votes: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Voices:
    """Everything known about the networks that voted on one comment; `households` counts them."""

    households: int
    by_network: Mapping[str, Voice]


@dataclass(frozen=True, slots=True)
class ApartVote:
    """A vote that is set apart, and the pseudonyms of the networks that it came from."""

    voter: str
    why: Why
    at: datetime
    networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApartCount:
    """How many votes are set apart on one comment, by reason."""

    burst: int = 0
    own: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.burst + self.own


def allowed(voices: Voices, networks: Sequence[str], *, now: datetime) -> list[int]:
    """Return for each network, the narrowest first, how many of its votes may count by now."""
    pairs = zip(LIMITS, networks, strict=False)
    return [_allowed(limit, voices, network, now) for limit, network in pairs]


def is_over(vote: ApartVote, *, now: datetime) -> bool:
    """Return whether a vote that is set apart has waited long enough to be dropped."""
    return now - vote.at > APART_FOR


def _allowed(limit: Limit, voices: Voices, network: str, now: datetime) -> int:
    voice = voices.by_network.get(network)
    if voice is None:
        return limit.at_once
    others = max(0, voices.households - voice.votes)
    # A clock that was set back makes nothing older.
    hours = min(max(now - voice.since, timedelta()), APART_FOR) / timedelta(hours=1)
    more = int(limit.per_other * others) + int(limit.per_hour * hours)
    return min(limit.at_once + more, limit.at_most)
