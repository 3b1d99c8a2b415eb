"""The lines of a policy: each setting is declared once, with its field.

The desk's form, the commands, the checks and the tables in docs/policy.md are made from it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

DECLARED = "line"
COLOUR = re.compile(r"#[0-9a-f]{6}")

Choices = tuple[tuple[str, str], ...]
Declaration = Mapping[str, "PolicyLine"]


class LineKind(StrEnum):
    """The type of a line's value."""

    NUMBER = "number"
    SHARE = "share"
    SWITCH = "switch"
    LINES = "lines"
    CHOICE = "choice"
    COLOUR = "colour"


class Entries(StrEnum):
    """The type of a list's entries."""

    TEXTS = "texts"
    HOSTS = "hosts"
    PATTERNS = "patterns"


class LineGroup(StrEnum):
    """The section of the policy page that shows a line; COMMAND: only commands set it."""

    SCORES = "scores"
    WORDS = "words"
    LINKS = "links"
    READERS = "readers"
    WRITING = "writing"
    COMMAND = "command"


GROUP_TITLES = {
    LineGroup.LINKS: "Links and repetition",
    LineGroup.READERS: "Reports, reasons and appeals",
    LineGroup.WRITING: "Writing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One line: its label, the values it may have, and where the page shows it.

    `choices` are values with their labels. `unset` is the command line's word for "".
    """

    label: str
    kind: LineKind
    group: LineGroup
    hint: str = ""
    lowest: float = 0
    highest: float = 0
    choices: Choices = ()
    entries: Entries = Entries.TEXTS
    unset: str = ""
    # Both are taken from the field.
    name: str = ""
    default: Any = None

    @property
    def is_optional(self) -> bool:
        """Whether the line may be empty."""
        return self.default is None

    @property
    def is_bounded(self) -> bool:
        """Whether the line is a number, with a lowest and a highest value."""
        return self.kind in (LineKind.NUMBER, LineKind.SHARE)

    def choose(self, value: str) -> Any:
        """Convert a choice to the type of the field.

        :raises ValueError: there is no such choice.
        """
        if value not in [choice for choice, _ in self.choices]:
            raise ValueError(value)
        return type(self.default)(value)


def lines_of(settings: type) -> tuple[PolicyLine, ...]:
    """Return the lines that the fields of a dataclass declare."""
    declared = [field for field in fields(settings) if DECLARED in field.metadata]
    return tuple(
        replace(field.metadata[DECLARED], name=field.name, default=field.default)
        for field in declared
    )


def number(label: str, lowest: int, highest: int, group: LineGroup, hint: str = "") -> Declaration:
    """Declare a whole number; if the default is None, the line may be empty."""
    bounds = {"lowest": lowest, "highest": highest}
    return _declare(label, LineKind.NUMBER, group, hint, **bounds)


def share(
    label: str, lowest: float, highest: float, group: LineGroup, hint: str = ""
) -> Declaration:
    """Declare a fraction of one."""
    bounds = {"lowest": lowest, "highest": highest}
    return _declare(label, LineKind.SHARE, group, hint, **bounds)


def switch(label: str, group: LineGroup) -> Declaration:
    """Declare a switch that is on or off."""
    return _declare(label, LineKind.SWITCH, group)


def listing(
    label: str, group: LineGroup, hint: str = "", entries: Entries = Entries.TEXTS
) -> Declaration:
    """Declare a list, one entry a line."""
    return _declare(label, LineKind.LINES, group, hint, entries=entries)


def choice(
    label: str, choices: Choices, group: LineGroup, hint: str = "", unset: str = ""
) -> Declaration:
    """Declare a choice from a few values."""
    return _declare(label, LineKind.CHOICE, group, hint, choices=choices, unset=unset)


def colour(label: str, group: LineGroup, hint: str = "", unset: str = "") -> Declaration:
    """Declare a colour such as #a3231b, or ""."""
    return _declare(label, LineKind.COLOUR, group, hint, unset=unset)


def _declare(
    label: str, kind: LineKind, group: LineGroup, hint: str = "", **more: Any
) -> Declaration:
    return {DECLARED: PolicyLine(label=label, kind=kind, group=group, hint=hint, **more)}
