"""Changes to a site's policy: validated, logged, and never over somebody else's change."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from service import blocklist
from service.core import Core
from service.domain import text
from service.domain.errors import Fault, Invalid, NotAllowed, StaleStatus
from service.domain.hosts import host_of, is_host
from service.domain.moderator import Moderator
from service.domain.policy import NEVER, POLICY_LINES, Policy
from service.domain.policy_lines import COLOUR, Entries, LineKind, PolicyLine
from service.domain.site import SITE_LINES, Site
from service.store.desk import acts
from service.store.site import sites

MAX_LIST = 5000
MAX_ENTRY = 200


def change(core: Core, by: Moderator, old: Site, new: Site, *, seen: str) -> list[str]:
    """Set a site's policy if its version is still the one seen; return the changed lines.

    :raises NotAllowed: the moderator does not own the site.
    :raises Invalid: some lines have faults, all of which are listed.
    :raises StaleStatus: somebody else has changed it meanwhile.
    """
    if not by.may_own(old.name):
        raise NotAllowed(old.name)
    if faults := tuple(check(new)):
        raise Invalid(*faults)
    if sites.version(old) != seen or not sites.change(core.redis, old, new):
        raise StaleStatus("changed", last_changed_by(core, old.name))
    return note(core, by.name, old, new)


def note(core: Core, by: str, old: Site, new: Site) -> list[str]:
    """Log every line that differs, with its old and new value."""
    before, after = lines(old), lines(new)
    differing = [line for line in after if before.get(line) != after[line]]
    for line in differing:
        then, now = _shown(before.get(line), after[line]), _shown(after[line], before.get(line))
        acts.write(core.at(old.name), "policy", by=by, about=line, old=then, new=now)
    return differing


def current(core: Core, site: Site) -> Site:
    """Read a site past the cache, since saving compares with the stored version."""
    return sites.get(core.redis, site.name)


def version(site: Site) -> str:
    """Return the version of a site's settings, so that somebody else's change is noticed."""
    return sites.version(site)


def last_changed_by(core: Core, site: str) -> str:
    """Return who changed the policy last, "" if nobody did recently."""
    latest = acts.before(core.at(site), "+", "-", 50)
    return next((act.by for act in latest if act.what == "policy"), "")


def lines(site: Site) -> dict[str, Any]:
    """Return a site's settings line by line; each threshold is a line."""
    of_site = {f.name: getattr(site, f.name) for f in fields(site) if f.name != "policy"}
    of_policy = {line.name: getattr(site.policy, line.name) for line in POLICY_LINES}
    levels = {
        f"{name} {edge}": level
        for name, threshold in site.policy.every_threshold.items()
        for edge, level in asdict(threshold).items()
    }
    return of_site | of_policy | levels


def check(site: Site) -> Iterator[Fault]:
    """Find the faults of all lines."""
    for line in POLICY_LINES:
        yield from _check_line(line, getattr(site.policy, line.name))
    for line in SITE_LINES:
        yield from _check_line(line, getattr(site, line.name))
    yield from _check_together(site.policy)
    yield from _check_thresholds(site.policy)


def _check_line(line: PolicyLine, value: Any) -> Iterator[Fault]:
    match line.kind:
        case LineKind.NUMBER | LineKind.SHARE:
            yield from _check_number(line, value)
        case LineKind.LINES:
            yield from _check_list(line.name, value)
            yield from _check_entries(line, value)
        case LineKind.CHOICE if value not in [choice for choice, _ in line.choices]:
            yield _wrong(line.name, "Please choose one of these.")
        case LineKind.COLOUR if value and not COLOUR.fullmatch(value):
            yield _wrong(line.name, "A colour such as #a3231b, please.")


def _check_number(line: PolicyLine, value: float | None) -> Iterator[Fault]:
    if value is not None and not line.lowest <= value <= line.highest:
        yield _wrong(line.name, f"From {line.lowest:g} to {line.highest:g}.")


def _check_list(name: str, entries: tuple[str, ...]) -> Iterator[Fault]:
    if len(entries) > MAX_LIST:
        yield _wrong(name, f"At most {MAX_LIST} lines.")
    elif any(text.is_blank(entry) for entry in entries):
        yield _wrong(name, "One of these lines is empty or invisible.")
    elif long := next((entry for entry in entries if len(entry) > MAX_ENTRY), None):
        yield _wrong(name, f"At most {MAX_ENTRY} characters a line: “{long[:30]}…”.")


def _check_entries(line: PolicyLine, entries: tuple[str, ...]) -> Iterator[Fault]:
    if line.entries is Entries.HOSTS:
        invalid = next((entry for entry in entries if not is_host(host_of(entry))), None)
        if invalid is not None:
            yield _wrong(line.name, f"“{invalid[:60]}” is not a host such as news.example.")
    elif line.entries is Entries.PATTERNS:
        yield from _check_patterns(line.name, entries)


def _check_together(policy: Policy) -> Iterator[Fault]:
    if policy.min_length > policy.max_length:
        yield _wrong("max_length", "This must not be less than the shortest length.")
    if policy.dsa and not policy.reasons:
        yield _wrong("reasons", "A reason is required for each rejection, so there must be some.")


def _check_patterns(name: str, patterns: tuple[str, ...]) -> Iterator[Fault]:
    broken = [(pattern, why) for pattern in patterns if (why := blocklist.refused(pattern))]
    if broken:
        first = "; ".join(f"{pattern[:60]}: {why}" for pattern, why in broken[:5])
        yield _wrong(name, f"These patterns cannot be used. {first}")


def _check_thresholds(policy: Policy) -> Iterator[Fault]:
    for name, threshold in policy.thresholds.items():
        if not 0 <= threshold.hold <= NEVER or not 0 <= threshold.reject <= NEVER:
            yield _wrong(name, "From 0 to 1; 1.01 means never.")
        elif threshold.reject < threshold.hold:
            yield _wrong(name, "The threshold for rejecting must not be below that for holding.")


def _shown(value: Any, other: Any) -> str:
    """Format a line for the log; of a list, only the entries that the other one lacks."""
    if isinstance(value, tuple):
        own = [entry for entry in value if entry not in (other or ())]
        return ", ".join(own[:20]) + (f" and {len(own) - 20} more" if len(own) > 20 else "")
    return "never" if value == NEVER else "" if value is None else str(value)


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
