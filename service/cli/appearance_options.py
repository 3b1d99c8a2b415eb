"""How a site's widget looks and speaks: options that `folkmoot site add` and `site set` share."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from service.domain.site import LANGUAGES, Site, Theme

ACCENT = re.compile(r"#[0-9a-f]{6}")
AUTO = "auto"
NONE = "none"


def looks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for language, theme and accent colour."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def applied(site: Site, language: str | None, theme: str | None, accent: str | None) -> Site:
    """Change how a site looks and speaks; what is not given stays."""
    return replace(
        site,
        language=site.language if language is None else language.removeprefix(AUTO),
        theme=Theme(theme) if theme else site.theme,
        accent=site.accent if accent is None else accent.removeprefix(NONE),
    )


def _colour(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None or value == NONE or ACCENT.fullmatch(value.lower()):
        return value and value.lower()
    raise click.BadParameter(f"{value!r} is no colour; write for example #a3231b, or none")


OPTIONS = (
    click.option(
        "--language",
        type=click.Choice([AUTO, *LANGUAGES]),
        help="What the widget speaks; auto: as the page and the browser do.",
    ),
    click.option(
        "--theme",
        type=click.Choice([theme.value for theme in Theme]),
        help="Light or dark; auto: as the reader's device is.",
    ),
    click.option("--accent", callback=_colour, help="A colour such as #a3231b; none: our own."),
)
