"""A site: one newspaper's pages, with its own policy and its own secrets."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.policy import Policy

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class Mode(StrEnum):
    """When a comment is published: by the verdict, by a person, or at once and judged after."""

    MACHINE = "machine"
    PRE = "pre"
    POST = "post"


class CaptchaStrategy(StrEnum):
    """How a reader shows that he is none of the dumb bots."""

    IMAGE = "image"
    POW = "pow"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's name, the origins its pages are served from, and how it wants to be moderated."""

    name: str
    origins: tuple[str, ...]
    mode: Mode = Mode.MACHINE
    captcha: CaptchaStrategy = CaptchaStrategy.IMAGE
    policy: Policy = field(default_factory=Policy)

    def owns(self, origin: str) -> bool:
        """Tell whether pages of this origin belong to the site."""
        return origin in self.origins
