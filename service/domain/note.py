"""A note: what one moderator tells their colleagues about a comment."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note; readers and authors never see it."""

    by: str
    at: datetime
    text: str
