"""Referrals: comments that one moderator sends to another to decide."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A comment that `by` sent to `to`."""

    comment: str
    to: str
    by: str
    at: datetime
