"""An author: what has become of their comments so far."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRecord:
    """How many of an author's comments stand where, and when the first one came.

    Of those that are `removed`, `withdrawn` were taken back by the author.
    """

    approved: int = 0
    held: int = 0
    rejected: int = 0
    removed: int = 0
    withdrawn: int = 0
    first: datetime | None = None

    @property
    def refused(self) -> int:
        """How many others did not let stand."""
        return self.rejected + self.removed - self.withdrawn
