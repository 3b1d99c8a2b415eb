"""A referral: a comment that one moderator sends to another, who shall decide on it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Who sent which comment to whom, and when."""

    comment: str
    to: str
    by: str
    at: datetime
