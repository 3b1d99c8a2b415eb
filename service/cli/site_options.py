"""A site's settings as options of `folkmoot site add` and `site set`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import click

from service.domain.policy_lines import COLOUR, LineKind, PolicyLine
from service.domain.site import SITE_LINES, Site


def options(*, with_defaults: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add an option for each line of a site to a command, with its default in the help if asked."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for line in reversed(SITE_LINES):
            command = _option(line, with_defaults)(command)
        return command

    return add


def apply(site: Site, given: Mapping[str, str | None]) -> Site:
    """Return the site with the given settings; None leaves a setting unchanged."""
    lines = {line.name: line for line in SITE_LINES}
    values = {name: _read(lines[name], text) for name, text in given.items() if text is not None}
    return replace(site, **values)


def show(site: Site) -> dict[str, str | None]:
    """Return each line's value as text, None if it is not set."""
    return {line.name: str(getattr(site, line.name)) or None for line in SITE_LINES}


def _option(line: PolicyLine, with_default: bool) -> Callable[..., Any]:
    kind = _Colour(line.unset) if line.kind is LineKind.COLOUR else click.Choice(_words(line))
    default = f" [default: {line.default or line.unset}]" if with_default else ""
    return click.option(
        f"--{line.name}", type=kind, help=f"{line.label}. {_meanings(line)}{default}"
    )


def _meanings(line: PolicyLine) -> str:
    meanings = [f"{value or line.unset}: {label}" for value, label in line.choices]
    # Language codes are many, and need no explanation.
    shown = meanings[:1] if line.unset else meanings
    return "; ".join(shown) or line.hint


def _words(line: PolicyLine) -> list[str]:
    return [value or line.unset for value, _ in line.choices]


def _read(line: PolicyLine, text: str) -> Any:
    value = "" if text == line.unset else text
    return value if line.kind is LineKind.COLOUR else line.choose(value)


class _Colour(click.ParamType[str]):
    name = "colour"

    def __init__(self, unset: str) -> None:
        self._unset = unset

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Parse a colour in either case."""
        text = str(value).lower()
        if text != self._unset and not COLOUR.fullmatch(text):
            self.fail(f"{value!r} is no colour; write for example #a3231b, or {self._unset}", param)
        return text
