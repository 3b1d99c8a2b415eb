"""An author's status: how a site treats them from now on, for a time or for good."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum


class AuthorStatusKind(StrEnum):
    """Warned: told once. Muted: always read first. Banned: refused. Trusted: mild doubts waived."""

    WARNED = "warned"
    MUTED = "muted"
    BANNED = "banned"
    TRUSTED = "trusted"


# From the mildest to the gravest.
GRAVITY = (
    AuthorStatusKind.TRUSTED,
    AuthorStatusKind.WARNED,
    AuthorStatusKind.MUTED,
    AuthorStatusKind.BANNED,
)
FOR_GOOD = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorStatus:
    """What a moderator decided about an author; `until` None is for good.

    `why` is what the author is told, and `told` whether they have been; a muted or trusted author
    is told nothing.
    """

    kind: AuthorStatusKind
    by: str
    at: datetime
    why: str = ""
    until: datetime | None = None
    everywhere: bool = False
    told: bool = False

    @property
    def weight(self) -> tuple[int, datetime]:
        """How grave it is, to compare it with another; of two alike, what lasts longer.

        What is done to an author outweighs trust in them, except a warning that they have read.
        """
        kind = -1 if self.told else GRAVITY.index(self.kind)
        return kind, self.until or FOR_GOOD

    def is_copy_of(self, other: "AuthorStatus") -> bool:
        """Tell whether both are the same decision of the same moderator, read or not."""
        return replace(self, told=False) == replace(other, told=False)

    def holds(self, now: datetime) -> bool:
        """Tell whether it is not over yet."""
        return self.until is None or now < self.until
