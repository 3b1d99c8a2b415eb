"""A footing: how a site treats an author from now on, for a time or for good."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FootingKind(StrEnum):
    """Warned: told once. Muted: always read first. Banned: refused. Trusted: mild doubts waived."""

    WARNED = "warned"
    MUTED = "muted"
    BANNED = "banned"
    TRUSTED = "trusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What a moderator decided about an author; `until` None is for good, `told`: has been said.

    `why` is what the author is told; a muted or trusted one is told nothing.
    """

    kind: FootingKind
    by: str
    at: datetime
    why: str = ""
    until: datetime | None = None
    everywhere: bool = False
    told: bool = False

    def holds(self, now: datetime) -> bool:
        """Tell whether it is not over yet."""
        return self.until is None or now < self.until
