"""The context of the desk's templates: moderator, site and navigation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import g, request, url_for
from markupsafe import Markup

from service.domain.moderator import Moderator, Role
from service.domain.session import Step
from service.domain.site import Site
from service.web.api import present
from service.web.desk.queue import reasons
from service.web.http import caller

DESK = "/review"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the desk in the navigation bar."""

    label: str
    endpoint: str
    is_of_site: bool = True
    is_for_owners: bool = False

    def address(self, site: str | None) -> str:
        """Return the address of the section's first page."""
        return url_for(self.endpoint, site=site) if self.is_of_site else url_for(self.endpoint)


SECTIONS = (
    Section("Queue", "review.queue.get_queue"),
    Section("Appeals", "review.appeals.get_appeals"),
    Section("Articles", "review.articles.get_article"),
    Section("Dashboard", "review.dashboard.get_dashboard"),
    Section("Log", "review.audit.get_log"),
    Section("Report", "review.report.get_report"),
    Section("Policy", "review.policy.get_policy"),
    Section("People", "review.people.get_people", is_of_site=False, is_for_owners=True),
    Section("Account", "review.account.get_account", is_of_site=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The moderator and the site of a request, with formatting for the desk's pages.

    `site` is None on pages without a site, `moderator` before sign-in.
    """

    site: Site | None
    moderator: Moderator | None
    sections: list[tuple[str, str]]
    now: datetime
    attributes: ClassVar[Mapping[str, str]] = reasons.ATTRIBUTES

    @property
    def may_decide(self) -> bool:
        """Whether the moderator may decide on this site."""
        return bool(self.site and self.moderator and self.moderator.may_decide(self.site.name))

    @property
    def may_own(self) -> bool:
        """Whether the moderator may set this site's policy."""
        return bool(self.site and self.moderator and self.moderator.may_own(self.site.name))

    def since(self, moment: datetime) -> str:
        """Format how long ago a moment was."""
        return present.since(moment, self.now)

    @staticmethod
    def html(text: str) -> Markup:
        """Format a comment's text as safe HTML."""
        return present.html(text)

    @staticmethod
    def in_words(code: str) -> str:
        """Return the meaning of a reason's code."""
        return reasons.in_words(code)


def is_of_desk(path: str) -> bool:
    """Tell whether an address is one of the desk's, even one without a page."""
    return path == DESK or path.startswith(f"{DESK}/")


def of_request() -> dict[str, object]:
    """Return the `desk` of every template.

    Never reads the store, because the page that reports an outage needs it too.
    """
    moderator, session = g.get("session", (None, None))
    is_inside = session is not None and session.step is Step.INSIDE
    desk = Desk(
        site=g.get("site"),
        moderator=moderator,
        sections=_sections(moderator) if is_inside else [],
        now=caller.core().now(),
    )
    return {"desk": desk}


def _sections(moderator: Moderator) -> list[tuple[str, str]]:
    """List the sections that this moderator can open, with their addresses."""
    site = (request.view_args or {}).get("site")
    is_owner = moderator.role is Role.OWNER
    return [
        (section.label, section.address(site))
        for section in SECTIONS
        if (site or not section.is_of_site) and (is_owner or not section.is_for_owners)
    ]
