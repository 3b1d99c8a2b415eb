"""A moderator: a person who may work at the review desk."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a moderator may do: everything, decide, or only look."""

    OWNER = "owner"
    MODERATOR = "moderator"
    ANALYST = "analyst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderator:
    """One account; no `sites` means all of them. Without a password it waits for its link."""

    name: str
    role: Role
    sites: tuple[str, ...] = ()
    password: str | None = None

    def may_see(self, site: str) -> bool:
        """Tell whether the site's comments are this moderator's business."""
        return not self.sites or site in self.sites

    def may_decide(self, site: str) -> bool:
        """Tell whether this moderator may decide there."""
        return self.role is not Role.ANALYST and self.may_see(site)
