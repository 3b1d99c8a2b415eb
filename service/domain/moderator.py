"""A moderator: a person who may work at the review desk."""

from dataclasses import dataclass
from enum import StrEnum

MAX_NAME = 50


class Role(StrEnum):
    """What a moderator may do: everything, decide, or only look."""

    OWNER = "owner"
    MODERATOR = "moderator"
    ANALYST = "analyst"


class Letters(StrEnum):
    """Which mails a moderator wants: about a long queue at once, or one summary a day."""

    ALERTS = "alerts"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderator:
    """One account; no `sites` means all of them. Without a password it waits for its link."""

    name: str
    role: Role
    sites: tuple[str, ...] = ()
    password: str | None = None
    email: str = ""
    letters: tuple[Letters, ...] = ()

    def may_see(self, site: str) -> bool:
        """Tell whether this moderator may see the site's comments."""
        return not self.sites or site in self.sites

    def may_decide(self, site: str) -> bool:
        """Tell whether this moderator may decide there."""
        return self.role is not Role.ANALYST and self.may_see(site)

    def may_own(self, site: str) -> bool:
        """Tell whether this moderator may set the site's policy."""
        return self.role is Role.OWNER and self.may_see(site)

    @property
    def may_rule(self) -> bool:
        """Tell whether this moderator owns the whole installation."""
        return self.role is Role.OWNER and not self.sites

    def may_manage(self, sites: tuple[str, ...]) -> bool:
        """Tell whether this moderator may manage accounts of those sites."""
        if self.role is not Role.OWNER:
            return False
        return not self.sites or (bool(sites) and set(sites) <= set(self.sites))
