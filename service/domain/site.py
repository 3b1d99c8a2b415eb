"""Sites: one newspaper's pages each, with their own policy and secrets."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.hosts import host_of, resolve_all
from service.domain.policy import Policy
from service.domain.policy_lines import LineGroup, choice, colour, lines_of

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# The languages of the widget, each by its own name.
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
    """When a comment is published: by the verdict, by a person, or at once and judged later."""

    MACHINE = "machine"
    PRE = "pre"
    POST = "post"


class CaptchaStrategy(StrEnum):
    """How readers show that they are not simple bots.

    `adaptive` requires a proof of work, and the picture too if something is suspicious.
    """

    IMAGE = "image"
    POW = "pow"
    ADAPTIVE = "adaptive"
    OFF = "off"


class Theme(StrEnum):
    """Whether the widget is light or dark, or follows the reader's device."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


MODES = (
    (Mode.MACHINE.value, "by the machine’s verdict"),
    (Mode.PRE.value, "after a person has read it"),
    (Mode.POST.value, "at once, and judged after"),
)
CAPTCHAS = (
    (CaptchaStrategy.IMAGE.value, "a picture with letters"),
    (CaptchaStrategy.POW.value, "a proof of work, without a picture"),
    (CaptchaStrategy.ADAPTIVE.value, "a proof of work, and a picture where it looks suspicious"),
    (CaptchaStrategy.OFF.value, "none"),
)
SPOKEN = (("", "as the reader’s browser prefers"), *LANGUAGES.items())
THEMES = (
    (Theme.AUTO.value, "as on the reader’s device"),
    (Theme.LIGHT.value, "light"),
    (Theme.DARK.value, "dark"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's name, the origins its pages are served from, and its settings.

    `language` is "" if the reader's browser decides; `accent` is "#rrggbb", "" for the default.
    """

    name: str
    origins: tuple[str, ...]
    mode: Mode = field(
        default=Mode.MACHINE, metadata=choice("A comment is published", MODES, LineGroup.SCORES)
    )
    captcha: CaptchaStrategy = field(
        default=CaptchaStrategy.IMAGE,
        metadata=choice("Protection from simple bots", CAPTCHAS, LineGroup.WRITING),
    )
    language: str = field(
        default="",
        metadata=choice("Language of the comments’ frame", SPOKEN, LineGroup.WRITING, unset="auto"),
    )
    theme: Theme = field(
        default=Theme.AUTO,
        metadata=choice("Appearance of the comments’ frame", THEMES, LineGroup.COMMAND),
    )
    accent: str = field(
        default="",
        metadata=colour(
            "Accent colour of the comments’ frame", LineGroup.COMMAND, "E.g. #a3231b.", "none"
        ),
    )
    policy: Policy = field(default_factory=Policy)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of its pages, as links are compared with them."""
        return tuple(dict.fromkeys(filter(None, map(host_of, self.origins))))

    @property
    def trusted_hosts(self) -> frozenset[str]:
        """The hosts that speak for a comment's links: its own, and those that its owner trusts."""
        return resolve_all(self.policy.trusted_domains) | set(self.hosts)

    def owns(self, origin: str) -> bool:
        """Return whether pages of this origin belong to the site."""
        return origin in self.origins


SITE_LINES = lines_of(Site)
