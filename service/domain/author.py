"""An author's record: the outcomes of their comments so far."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRecord:
    """An author's comments counted by status, and the time of the first one.

    `withdrawn` counts those of the `removed` that the author took back.
    """

    approved: int = 0
    held: int = 0
    rejected: int = 0
    removed: int = 0
    withdrawn: int = 0
    first: datetime | None = None

    @property
    def refused(self) -> int:
        """How many were rejected or removed by others."""
        return self.rejected + self.removed - self.withdrawn
