"""An author's status: how a site treats them, for a time or for good."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum


class AuthorStatusKind(StrEnum):
    """Warned: notified once. Muted: always held. Banned: refused. Trusted: mild doubts waived."""

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
    """A moderator's decision about an author; `until` is None if it is for good.

    `why` is the explanation for the author, `told` whether they have seen it; muted and trusted
    authors are not notified.
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
        """The sort key for severity; of two equal kinds, the longer one is graver.

        Every sanction outweighs trust, except a warning that the author has read.
        """
        kind = -1 if self.told else GRAVITY.index(self.kind)
        return kind, self.until or FOR_GOOD

    def is_copy_of(self, other: "AuthorStatus") -> bool:
        """Return whether both are the same decision by the same moderator, read or not."""
        return replace(self, told=False) == replace(other, told=False)

    def holds(self, now: datetime) -> bool:
        """Return whether it is still in force."""
        return self.until is None or now < self.until
