"""An owner sets a site's policy: faults are named, nothing is overwritten unseen, all is logged."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from service import blocklist
from service.core import Core
from service.domain import text
from service.domain.errors import Fault, Invalid, NotAllowed, StaleStatus
from service.domain.links import host_of, is_host
from service.domain.moderator import Moderator
from service.domain.policy import NEVER, Policy, Threshold
from service.domain.site import LANGUAGES, Site
from service.store.desk import acts
from service.store.site import sites

MAX_LIST = 5000
MAX_ENTRY = 200
# Field → least and most.
BOUNDS: dict[str, tuple[float, float]] = {
    "min_length": (1, 10_000),
    "max_length": (1, 10_000),
    "max_links": (0, 1000),
    "repeats": (1, 1000),
    "rejections": (1, 1000),
    "rejection_share": (0.01, 1),
    "edit_window": (0, 86_400),
    "flags_to_hold": (1, 1000),
    "retention_days": (1, 3650),
    "comments_per_minute": (0, 100_000),
    "closed_after_days": (1, 36_500),
    "appeal_days": (0, 3650),
}
LISTS = ("trusted_domains", "blocked_domains", "blocked_words", "reserved_names", "reasons")
# Of a site, what the policy's page does not set.
ELSEWHERE = frozenset({"name", "origins", "theme", "accent"})


def change(core: Core, by: Moderator, old: Site, new: Site, *, seen: str) -> list[str]:
    """Set a site's policy, if it is still the one that was seen; gives the lines that changed.

    :raises NotAllowed: the site is not for this moderator to set.
    :raises Invalid: some lines are wrong; all are named.
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
    """Log every line that differs, from what to what."""
    before, after = lines(old), lines(new)
    differing = [line for line in after if before.get(line) != after[line]]
    for line in differing:
        then, now = _shown(before.get(line), after[line]), _shown(after[line], before.get(line))
        acts.write(core.at(old.name), "policy", by=by, about=line, old=then, new=now)
    return differing


def current(core: Core, site: Site) -> Site:
    """Read a site as it is now, not as it is remembered: what is saved is compared with it."""
    return sites.get(core.redis, site.name)


def version(site: Site) -> str:
    """Name a state of a site's settings, so that a change by somebody else is noticed."""
    return sites.version(site)


def last_changed_by(core: Core, site: str) -> str:
    """Tell who changed the policy last, "" if nobody did at the desk."""
    latest = acts.before(core.at(site), "+", "-", 50)
    return next((act.by for act in latest if act.what == "policy"), "")


def lines(site: Site) -> dict[str, Any]:
    """Give a site's settings line by line; a threshold is a line."""
    own = {f.name: getattr(site, f.name) for f in fields(site) if f.name != "policy"}
    policy = {f.name: getattr(site.policy, f.name) for f in fields(site.policy)}
    scores: Mapping[str, Threshold] = policy.pop("thresholds")
    levels = {f"{name} {edge}": at for name, t in scores.items() for edge, at in asdict(t).items()}
    return own | policy | levels


def check(site: Site) -> Iterator[Fault]:
    """Name every line that cannot be."""
    yield from _check_numbers(site.policy)
    yield from _check_lists(site.policy)
    yield from _check_patterns(site.policy.blocked_words)
    yield from _check_thresholds(site.policy)
    if site.language and site.language not in LANGUAGES:
        yield _wrong("language", "Not a language that the widget speaks.")


def _check_numbers(policy: Policy) -> Iterator[Fault]:
    for name, (least, most) in BOUNDS.items():
        value = getattr(policy, name)
        if value is not None and not least <= value <= most:
            yield _wrong(name, f"From {least:g} to {most:g}.")
    if policy.min_length > policy.max_length:
        yield _wrong("max_length", "Not below the shortest length.")


def _check_lists(policy: Policy) -> Iterator[Fault]:
    for name in LISTS:
        entries = getattr(policy, name)
        if len(entries) > MAX_LIST:
            yield _wrong(name, f"At most {MAX_LIST} lines.")
        elif any(text.is_blank(entry) for entry in entries):
            yield _wrong(name, "One of these lines is empty: nothing of it can be seen.")
        elif long := next((entry for entry in entries if len(entry) > MAX_ENTRY), None):
            yield _wrong(name, f"At most {MAX_ENTRY} characters a line: “{long[:30]}…”.")
    for name in ("trusted_domains", "blocked_domains"):
        if strange := next((e for e in getattr(policy, name) if not is_host(host_of(e))), None):
            yield _wrong(name, f"“{strange[:60]}” is no host, as news.example is.")
    if policy.dsa and not policy.reasons:
        yield _wrong("reasons", "A reason is required for each rejection, so there must be some.")


def _check_patterns(blocked: tuple[str, ...]) -> Iterator[Fault]:
    broken = [(entry, why) for entry in blocked if (why := blocklist.refused(entry))]
    if broken:
        told = "; ".join(f"{entry[:60]}: {why}" for entry, why in broken[:5])
        yield _wrong("blocked_words", f"These patterns cannot be used. {told}")


def _check_thresholds(policy: Policy) -> Iterator[Fault]:
    for name, threshold in policy.thresholds.items():
        if not 0 <= threshold.hold <= NEVER or not 0 <= threshold.reject <= NEVER:
            yield _wrong(name, "From 0 to 1; 1.01 means never.")
        elif threshold.reject < threshold.hold:
            yield _wrong(name, "Rejecting begins where holding does, or above.")


def _shown(value: Any, other: Any) -> str:
    """Write a line for the log; of a long list, what the other one does not have."""
    if isinstance(value, tuple):
        mine = [entry for entry in value if entry not in (other or ())]
        return ", ".join(mine[:20]) + (f" and {len(mine) - 20} more" if len(mine) > 20 else "")
    return "never" if value == NEVER else "" if value is None else str(value)


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
