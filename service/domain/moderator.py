"""Moderators: the people who may work at the review desk."""

from dataclasses import dataclass
from enum import StrEnum

MAX_NAME = 50


class Role(StrEnum):
    """What a moderator may do: everything, decide, or only read."""

    OWNER = "owner"
    MODERATOR = "moderator"
    ANALYST = "analyst"


class Letters(StrEnum):
    """The mails a moderator can choose: alerts about a long queue, or a daily summary."""

    ALERTS = "alerts"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderator:
    """A moderator's account; no `sites` means all. Without a password the invitation is open."""

    name: str
    role: Role
    sites: tuple[str, ...] = ()
    password: str | None = None
    email: str = ""
    letters: tuple[Letters, ...] = ()

    def may_see(self, site: str) -> bool:
        """Return whether this moderator may see the site's comments."""
        return not self.sites or site in self.sites

    def may_decide(self, site: str) -> bool:
        """Return whether this moderator may decide about the site's comments."""
        return self.role is not Role.ANALYST and self.may_see(site)

    def may_own(self, site: str) -> bool:
        """Return whether this moderator may set the site's policy."""
        return self.role is Role.OWNER and self.may_see(site)

    @property
    def may_rule(self) -> bool:
        """Whether this moderator owns the whole installation."""
        return self.role is Role.OWNER and not self.sites

    def may_manage(self, sites: tuple[str, ...]) -> bool:
        """Return whether this moderator may manage accounts of those sites."""
        if self.role is not Role.OWNER:
            return False
        return not self.sites or (bool(sites) and set(sites) <= set(self.sites))
