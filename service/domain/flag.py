"""Flags: readers' reports of approved comments."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Flags that are kept on one comment: more say nothing new, and every card would have to show them.
MOST_OF_NETWORK = 5
MOST_FLAGS = 100


class FlagReason(StrEnum):
    """Why a reader flags; `illegal` is a notice in the sense of the EU's Digital Services Act."""

    SPAM = "spam"
    ABUSE = "abuse"
    OFF_TOPIC = "off-topic"
    FALSE = "false"
    ILLEGAL = "illegal"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What Art. 16 of the Digital Services Act requires of a notice, besides the explanation.

    `place` is the exact address. Name and e-mail may be missing if it is about sexual abuse of
    children (`minors`). `good_faith` is the notifier's statement that they believe it is accurate.
    """

    place: str
    name: str = ""
    email: str = ""
    good_faith: bool = False
    minors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One reader's report; a second one by the same reader replaces the first.

    `network` is the pseudonym of the network it came from, "" if unknown.
    """

    reader: str
    reason: FlagReason
    note: str
    at: datetime
    network: str = ""
    notice: Notice | None = None
