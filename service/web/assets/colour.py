"""Shades of an accent colour that are legible on light and dark, whatever the colour."""

import re
from collections.abc import Sequence

Rgb = tuple[float, float, float]

# The backgrounds of our own sheet in both themes: the paper, and the tint of boxes.
LIGHT = ((255.0, 255.0, 255.0), (244.0, 246.0, 247.0))
DARK = ((20.0, 24.0, 27.0), (28.0, 34.0, 38.0))
# WCAG 2.2 requires 4.5:1 between text and its background.
LEAST = 4.6
STEPS = 50

# The faintest inks of base.css that stand directly on the page's ground.
FAINTEST = {"light": "56616a", "dark": "a2aeb7"}
ACCENTS = {"light": "0b5a6e", "dark": "74c5d8"}
# Where black and white are equally legible.
MIDDLE = 0.179
# More than WCAG 2.2 requires, since a tint of ours may lie between ground and ink.
ENOUGH = 4.9

WHITE = (255.0, 255.0, 255.0)
BLACK = (0.0, 0.0, 0.0)
INK = (16.0, 20.0, 22.0)


def is_colour(text: str) -> bool:
    """Tell whether a text is "rrggbb" in lower case."""
    return re.fullmatch("[0-9a-f]{6}", text) is not None


def is_dark(ground: str) -> bool:
    """Tell whether white is more legible on a colour than black."""
    return luminance_of(ground) < MIDDLE


def luminance_of(ground: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    return _luminance(_read(ground))


def bounds(accent: str = "") -> tuple[float, float]:
    """Return the luminance up to which a dark ground carries our inks, and a light one from."""
    by_day, by_night = (_read(ACCENTS[name]) for name in ("light", "dark"))
    if accent:
        by_day = legible(_read(accent), LIGHT, BLACK)
        by_night = legible(_read(accent), DARK, WHITE)
    bright = min(_luminance(by_night), luminance_of(FAINTEST["dark"]))
    dim = max(_luminance(by_day), luminance_of(FAINTEST["light"]))
    return (bright + 0.05) / ENOUGH - 0.05, (dim + 0.05) * ENOUGH - 0.05


def sheet(accent: str) -> str:
    """Write the style sheet of an accent colour."""
    colour = _read(accent)
    by_day = _properties(legible(colour, LIGHT, BLACK), BLACK, LIGHT[0])
    by_night = _properties(legible(colour, DARK, WHITE), WHITE, DARK[0])
    return (
        f":root {{ {by_day} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {by_night} }} }}\n"
        f':root[data-theme="light"] {{ {by_day} }}\n'
        f':root[data-theme="dark"] {{ {by_night} }}\n'
    )


def legible(colour: Rgb, papers: Sequence[Rgb], toward: Rgb) -> Rgb:
    """Darken or lighten a colour until it is legible on all papers and on its own tint."""
    for step in range(STEPS):
        mixed = _mix(colour, toward, step / STEPS)
        if min(contrast(mixed, paper) for paper in (*papers, _tint(mixed, papers[0]))) >= LEAST:
            return mixed
    return toward


def contrast(first: Rgb, second: Rgb) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _properties(accent: Rgb, toward: Rgb, paper: Rgb) -> str:
    ink = max((WHITE, INK), key=lambda ink: contrast(ink, accent))
    shades = {
        "accent": accent,
        "accent-strong": _mix(accent, toward, 0.25),
        "accent-tint": _tint(accent, paper),
        "on-accent": ink,
    }
    return " ".join(f"--{name}: {_write(shade)};" for name, shade in shades.items())


def _tint(accent: Rgb, paper: Rgb) -> Rgb:
    return _mix(paper, accent, 0.1)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (a + (b - a) * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _read(colour: str) -> Rgb:
    red, green, blue = (float(int(colour[i : i + 2], 16)) for i in (0, 2, 4))
    return red, green, blue


def _write(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)
