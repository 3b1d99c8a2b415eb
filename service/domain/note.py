"""Notes: what moderators tell their colleagues about a comment."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on a comment; readers and authors never see it."""

    by: str
    at: datetime
    text: str
