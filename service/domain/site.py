"""A site: one newspaper's pages, with its own policy and its own secrets."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.policy import Policy

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# The languages that the widget speaks, each by its own name.
LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}


class Mode(StrEnum):
    """When a comment is published: by the verdict, by a person, or at once and judged after."""

    MACHINE = "machine"
    PRE = "pre"
    POST = "post"


class CaptchaStrategy(StrEnum):
    """How a reader shows that he is none of the dumb bots.

    `adaptive` takes a proof of work, and asks for the picture too where something is suspicious.
    """

    IMAGE = "image"
    POW = "pow"
    ADAPTIVE = "adaptive"
    OFF = "off"


class Theme(StrEnum):
    """Whether the widget is light or dark: as the reader's device is, or always one of them."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's name, the origins its pages are served from, and how it wants to be moderated.

    `language` is "" where the reader's browser decides; `accent` is "#rrggbb", "" for our own.
    """

    name: str
    origins: tuple[str, ...]
    mode: Mode = Mode.MACHINE
    captcha: CaptchaStrategy = CaptchaStrategy.IMAGE
    policy: Policy = field(default_factory=Policy)
    language: str = ""
    theme: Theme = Theme.AUTO
    accent: str = ""

    def owns(self, origin: str) -> bool:
        """Tell whether pages of this origin belong to the site."""
        return origin in self.origins
