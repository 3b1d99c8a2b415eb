"""The frame's appearance as the embedding page requests it: theme, accent colour and language."""

import re
from typing import Any

from flask import Flask, g, request

from service.domain import languages
from service.domain.site import Theme
from service.web.assets import colour
from service.web.frame.sentences import sentences

ACCENT = re.compile(r"#?([0-9a-fA-F]{6})")


FIXED = (Theme.LIGHT.value, Theme.DARK.value)


def theme() -> str:
    """Return the theme: the page's choice, else the site's, else as the page's ground requires."""
    chosen = request.args.get("theme", "")
    wished = chosen if chosen in list(Theme) else usual_theme()
    if wished in FIXED or not ground():
        return wished
    return FIXED[colour.is_dark(ground())]


def usual_theme() -> str:
    """Return the site's theme."""
    return g.site.theme.value if "site" in g else Theme.AUTO.value


def ground() -> str:
    """Return the colour of the page behind the frame as "rrggbb", "" if it is not known."""
    found = request.args.get("ground", "")
    return found if colour.is_colour(found) else ""


def is_clear() -> bool:
    """Tell whether our text is legible on the page's own ground, so that the frame needs none."""
    if not ground() or request.args.get("pictured"):
        return False
    darkest, lightest = bounds()
    light = colour.luminance_of(ground())
    return light <= darkest if theme() == Theme.DARK.value else light >= lightest


def bounds() -> tuple[float, float]:
    """Return up to which luminance a dark ground carries our text, and from which a light one."""
    return colour.bounds(accent())


def embedders() -> str:
    """Return the origins that may embed the frame, "*" where no site is known."""
    return " ".join(g.site.origins) if "site" in g else "*"


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
        "lang": languages.primary(request.args.get("lang", "")),
        "page": languages.primary(request.args.get("page", "")),
        "theme": theme if theme in list(Theme) else "",
        "accent": accent() if "accent" in request.args else "",
        "ground": ground(),
        "pictured": "1" if request.args.get("pictured") else "",
    }
    return {name: choice for name, choice in choices.items() if choice}


def carry_on(endpoint: str, values: dict[str, Any]) -> None:
    """Add the page's choices to an address of the frame."""
    for name, choice in wishes().items():
        values.setdefault(name, choice)


def register(app: Flask) -> None:
    """Make the appearance available in templates."""
    app.jinja_env.globals.update(theme=theme, accent=accent, wishes=wishes)
    app.jinja_env.globals.update(is_clear=is_clear, bounds=bounds, usual_theme=usual_theme)
    app.jinja_env.globals.update(embedders=embedders, sentences=sentences)
