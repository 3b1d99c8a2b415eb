"""A flag: a reader's report of an approved comment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    """What Art. 16 of the Digital Services Act asks of a notice, besides why it is illegal.

    `place` is the exact address. Name and e-mail may be missing where it is about sexual abuse of
    children (`minors`). `good_faith` is the notifier's word that they believe what they say.
    """

    place: str
    name: str = ""
    email: str = ""
    good_faith: bool = False
    minors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One reader's report; a second one by the same reader replaces the first.

    `network` is the pseudonym of where it came from, "" where that is not known.
    """

    reader: str
    reason: FlagReason
    note: str
    at: datetime
    network: str = ""
    notice: Notice | None = None
