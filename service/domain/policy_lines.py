"""What a site's owner may set, line by line: each is declared once, beside its field.

The desk's form, the commands, the checks and the tables in docs/policy.md come from it.
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
    """What a line holds."""

    NUMBER = "number"
    SHARE = "share"
    SWITCH = "switch"
    LINES = "lines"
    CHOICE = "choice"
    COLOUR = "colour"


class Entries(StrEnum):
    """What each entry of a list is."""

    TEXTS = "texts"
    HOSTS = "hosts"
    PATTERNS = "patterns"


class LineGroup(StrEnum):
    """The part of the policy's page that a line stands in; COMMAND: only commands set it."""

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
    """One line: what it is called, what it may hold, and where an owner finds it.

    `choices` are values with their labels. `unset` is the word of the command line for "".
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
    # Both are the field's.
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
        """Give a choice in the type of the field.

        :raises ValueError: there is no such choice.
        """
        if value not in [known for known, _ in self.choices]:
            raise ValueError(value)
        return type(self.default)(value)


def lines_of(settings: type) -> tuple[PolicyLine, ...]:
    """Give the lines that the fields of a dataclass declare."""
    declared = [one for one in fields(settings) if DECLARED in one.metadata]
    return tuple(
        replace(one.metadata[DECLARED], name=one.name, default=one.default) for one in declared
    )


def number(label: str, lowest: int, highest: int, group: LineGroup, hint: str = "") -> Declaration:
    """Declare a whole number; where the default is None, the line may be empty."""
    bounds = {"lowest": lowest, "highest": highest}
    return _declare(label, LineKind.NUMBER, group, hint, **bounds)


def share(
    label: str, lowest: float, highest: float, group: LineGroup, hint: str = ""
) -> Declaration:
    """Declare a part of one."""
    bounds = {"lowest": lowest, "highest": highest}
    return _declare(label, LineKind.SHARE, group, hint, **bounds)


def switch(label: str, group: LineGroup) -> Declaration:
    """Declare what is on or off."""
    return _declare(label, LineKind.SWITCH, group)


def listing(
    label: str, group: LineGroup, hint: str = "", entries: Entries = Entries.TEXTS
) -> Declaration:
    """Declare a list, one entry a line."""
    return _declare(label, LineKind.LINES, group, hint, entries=entries)


def choice(
    label: str, choices: Choices, group: LineGroup, hint: str = "", unset: str = ""
) -> Declaration:
    """Declare one of a few."""
    return _declare(label, LineKind.CHOICE, group, hint, choices=choices, unset=unset)


def colour(label: str, group: LineGroup, hint: str = "", unset: str = "") -> Declaration:
    """Declare a colour such as #a3231b, or ""."""
    return _declare(label, LineKind.COLOUR, group, hint, unset=unset)


def _declare(
    label: str, kind: LineKind, group: LineGroup, hint: str = "", **more: Any
) -> Declaration:
    return {DECLARED: PolicyLine(label=label, kind=kind, group=group, hint=hint, **more)}
