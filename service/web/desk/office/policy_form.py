"""The form of a site's policy: formatting and parsing its lines."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.domain.attribute import ATTRIBUTES
from service.domain.errors import Fault
from service.domain.policy import NEVER, POLICY_LINES, Threshold
from service.domain.policy_lines import GROUP_TITLES, LineGroup, LineKind, PolicyLine
from service.domain.site import SITE_LINES, Site

SITE_SHOWN = tuple(line for line in SITE_LINES if line.group is not LineGroup.COMMAND)
SHOWN = (*POLICY_LINES, *SITE_SHOWN)
# The groups that the page lists one below the other; the others have their own places.
GROUPS = tuple(
    (group.value, title, tuple(line for line in SHOWN if line.group is group))
    for group, title in GROUP_TITLES.items()
)
LINES = {line.name: line for line in SHOWN}
SCORE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{0,17})?|\.[0-9]{1,17}")


def show(site: Site) -> dict[str, str]:
    """Format a policy for the form."""
    typed = {line.name: _show(getattr(site.policy, line.name)) for line in POLICY_LINES}
    typed |= {line.name: _show(getattr(site, line.name)) for line in SITE_SHOWN}
    for attribute, threshold in site.policy.every_threshold.items():
        typed[f"hold-{attribute}"] = _level(threshold.hold)
        typed[f"reject-{attribute}"] = _level(threshold.reject)
    return typed


def read(site: Site, typed: Mapping[str, str]) -> tuple[Site, list[Fault]]:
    """Parse a policy from the form; an unreadable line keeps its value and becomes a fault."""
    faults: list[Fault] = []
    of_policy = _read_lines(POLICY_LINES, typed, faults)
    of_site = _read_lines(SITE_SHOWN, typed, faults)
    thresholds = _thresholds(site, typed, faults)
    policy = replace(site.policy, thresholds=thresholds, **of_policy)
    return replace(site, policy=policy, **of_site), faults


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None or value is False else "yes" if value is True else str(value)


def _read_lines(
    lines: tuple[PolicyLine, ...], typed: Mapping[str, str], faults: list[Fault]
) -> dict[str, Any]:
    values = {}
    for line in lines:
        try:
            values[line.name] = _read(line, typed.get(line.name, "").strip())
        except ValueError:
            is_choice = line.kind is LineKind.CHOICE
            sentence = "Please choose one of these." if is_choice else "A number, please."
            faults.append(Fault(line.name, "wrong", sentence))
    return values


def _read(line: PolicyLine, text: str) -> Any:
    match line.kind:
        case LineKind.SWITCH:
            return text == "yes"
        case LineKind.LINES:
            entries = (entry.strip() for entry in text.splitlines())
            return tuple(dict.fromkeys(entry for entry in entries if entry))
        case LineKind.CHOICE:
            return line.choose(text)
        case LineKind.SHARE:
            return float(text)
        case LineKind.NUMBER:
            return None if line.is_optional and not text else int(text)
        case LineKind.COLOUR:
            return text


def _thresholds(site: Site, typed: Mapping[str, str], faults: list[Fault]) -> dict[str, Threshold]:
    """Parse the thresholds; one that the policy does not set is added only if it was changed."""
    thresholds = dict(site.policy.thresholds)
    for attribute in ATTRIBUTES:
        old = site.policy.threshold(attribute)
        new = _threshold(attribute, old, typed, faults)
        if new != old:
            thresholds[attribute] = new
    return thresholds


def _threshold(
    attribute: str, old: Threshold, typed: Mapping[str, str], faults: list[Fault]
) -> Threshold:
    hold = _score(typed.get(f"hold-{attribute}", _level(old.hold)).strip())
    reject = _score(typed.get(f"reject-{attribute}", _level(old.reject)).strip())
    # A percentage taken for "never" would switch the check off unnoticed.
    if hold is None or reject is None:
        sentence = "A number from 0 to 1, or nothing for never."
        faults.append(Fault(attribute, "wrong", sentence))
        return old
    return Threshold(hold, reject)


def _score(text: str) -> float | None:
    if not text:
        return NEVER
    value = float(text) if SCORE.fullmatch(text) else None
    return value if value is not None and (0 <= value <= 1 or value == NEVER) else None


def _level(value: float) -> str:
    return "" if value > 1 else f"{value:g}"
