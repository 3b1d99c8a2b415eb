"""The frame's appearance as the embedding page requests it: theme, accent colour and language."""

import re
from typing import Any

from flask import Flask, g, request

from service.domain.site import Theme
from service.web.frame.sentences import sentences
from service.web.http import language

ACCENT = re.compile(r"#?([0-9a-fA-F]{6})")


def theme() -> str:
    """Return the theme: the page's choice, else the site's."""
    chosen = request.args.get("theme", "")
    if chosen in list(Theme):
        return chosen
    return g.site.theme.value if "site" in g else Theme.AUTO.value


def accent() -> str:
    """Return the accent colour as "rrggbb": the page's choice, else the site's; "" for our own."""
    colour = ACCENT.fullmatch(request.args.get("accent", ""))
    if colour is None and "site" in g:
        colour = ACCENT.fullmatch(g.site.accent)
    return colour.group(1).lower() if colour else ""


def wishes() -> dict[str, str]:
    """Return the page's choices, which every address within the frame passes on."""
    theme = request.args.get("theme", "")
    choices = {
        "lang": language.asked(),
        "page": language.asked("page"),
        "theme": theme if theme in list(Theme) else "",
        "accent": accent() if "accent" in request.args else "",
    }
    return {name: choice for name, choice in choices.items() if choice}


def carry_on(endpoint: str, values: dict[str, Any]) -> None:
    """Add the page's choices to an address of the frame."""
    for name, choice in wishes().items():
        values.setdefault(name, choice)


def register(app: Flask) -> None:
    """Make the appearance available in templates."""
    app.jinja_env.globals.update(theme=theme, accent=accent, wishes=wishes)
    app.jinja_env.globals.update(sentences=sentences)
