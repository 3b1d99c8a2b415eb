"""How the page around the frame wants it to look and speak: theme, accent colour and language."""

import re
from typing import Any

from flask import Flask, g, request

from service.domain.site import Theme
from service.web.frame.sentences import sentences
from service.web.http import language

ACCENT = re.compile(r"#?([0-9a-fA-F]{6})")


def theme() -> str:
    """Give the theme: the page's wish, else the site's."""
    wish = request.args.get("theme", "")
    if wish in list(Theme):
        return wish
    return g.site.theme.value if "site" in g else Theme.AUTO.value


def accent() -> str:
    """Give the accent colour as "rrggbb": the page's wish, else the site's; "" for our own."""
    colour = ACCENT.fullmatch(request.args.get("accent", ""))
    if colour is None and "site" in g:
        colour = ACCENT.fullmatch(g.site.accent)
    return colour.group(1).lower() if colour else ""


def wishes() -> dict[str, str]:
    """Give the page's wishes that every address within the frame carries on."""
    theme = request.args.get("theme", "")
    wishes = {
        "lang": language.asked(),
        "page": language.asked("page"),
        "theme": theme if theme in list(Theme) else "",
        "accent": accent() if "accent" in request.args else "",
    }
    return {name: wish for name, wish in wishes.items() if wish}


def carry_on(endpoint: str, values: dict[str, Any]) -> None:
    """Put the page's wishes into an address of the frame."""
    for name, wish in wishes().items():
        values.setdefault(name, wish)


def register(app: Flask) -> None:
    """Let templates know how they shall look."""
    app.jinja_env.globals.update(theme=theme, accent=accent, wishes=wishes)
    app.jinja_env.globals.update(sentences=sentences)
