"""The form of a site's policy: what its lines are called, and how they are read when typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from service.domain.attribute import ATTRIBUTES
from service.domain.errors import Fault
from service.domain.policy import NEVER, Policy, Threshold
from service.domain.site import LANGUAGES, CaptchaStrategy, Mode, Site
from service.store import codec


class Kind(StrEnum):
    """How a line is typed."""

    NUMBER = "number"
    SHARE = "share"
    SWITCH = "switch"
    LINES = "lines"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name in the policy, and in words."""

    name: str
    label: str
    kind: Kind = Kind.NUMBER
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


MODES = (
    (Mode.MACHINE.value, "by the machine’s verdict"),
    (Mode.PRE.value, "after a person has read it"),
    (Mode.POST.value, "at once, and judged after"),
)
CAPTCHAS = (
    (CaptchaStrategy.IMAGE.value, "a picture with letters"),
    (CaptchaStrategy.POW.value, "a proof of work, without a picture"),
    (CaptchaStrategy.ADAPTIVE.value, "a proof of work, and a picture where it looks suspicious"),
    (CaptchaStrategy.OFF.value, "none"),
)
TONGUES = (("", "as the reader’s browser wishes"), *LANGUAGES.items())
N, S, L, C = Kind.NUMBER, Kind.SWITCH, Kind.LINES, Kind.CHOICE
GROUPS: tuple[tuple[str, str, tuple[Line, ...]], ...] = (
    (
        "links",
        "Links and repetition",
        (
            Line("max_links", "Links to strangers allowed", N, "More, and a person looks."),
            Line("trusted_domains", "Hosts you trust", L, "One a line; what is below counts too."),
            Line("blocked_domains", "Hosts you block", L, "A link to one is refused."),
            Line("repeats", "Held when as many others said the same"),
            Line("rejections", "An author is looked at after so many refusals"),
            Line("rejection_share", "if they are this share of all", Kind.SHARE, "0.3 is 30 %."),
        ),
    ),
    (
        "readers",
        "Reports, reasons and appeals",
        (
            Line("flags_to_hold", "Reports from so many networks send a comment back"),
            Line("reasons", "Reasons for a refusal", L, "One a line; the author is told them."),
            Line("dsa", "Every refusal needs a reason (Digital Services Act)", S),
            Line("appeal_days", "Days in which an author may appeal", N, "0 is never."),
            Line("retention_days", "Days after which refused comments are deleted"),
        ),
    ),
    (
        "writing",
        "Writing",
        (
            Line("min_length", "Shortest comment, characters"),
            Line("max_length", "Longest comment, characters"),
            Line("comments_per_minute", "Comments a minute from one address", N, "0 is no limit."),
            Line("edit_window", "Seconds in which an author may change his comment"),
            Line("closed_after_days", "Days after which an article closes", N, "Empty is never."),
            Line("nudge", "Ask writers to rephrase what would be held for its tone", S),
            Line("captcha", "Against simple bots", C, choices=CAPTCHAS),
            Line("language", "Language of the comments’ frame", C, choices=TONGUES),
            Line("reserved_names", "Names that nobody may use", L, "One a line."),
        ),
    ),
)
WORDS = Line("blocked_words", "Blocked words", L)
MODE = Line("mode", "A comment is published", C, choices=MODES)
EVERY = (MODE, WORDS, *(line for _, _, lines in GROUPS for line in lines))
OF_SITE = {"mode": Mode, "captcha": CaptchaStrategy, "language": str}
OPTIONAL = frozenset({"closed_after_days"})
SHARES = frozenset({"rejection_share"})


def show(site: Site) -> dict[str, str]:
    """Write a policy as it stands in the form."""
    typed = {line.name: _show(_value(site, line.name)) for line in EVERY}
    for name, threshold in site.policy.every_threshold.items():
        typed[f"hold-{name}"] = _level(threshold.hold)
        typed[f"reject-{name}"] = _level(threshold.reject)
    return typed


def read(site: Site, typed: Mapping[str, str]) -> tuple[Site, list[Fault]]:
    """Read a policy from the form; where a line cannot be read, it stays and is named."""
    faults: list[Fault] = []
    values = {line.name: _read(line, site, typed, faults) for line in EVERY}
    values = {
        name: value for name, value in values.items() if value is not None or name in OPTIONAL
    }
    # What is no attribute of ours has no place in the form, and stays.
    levels = dict(site.policy.thresholds) | {
        name: _threshold(name, site.policy.threshold(name), typed, faults) for name in ATTRIBUTES
    }
    of_site = {name: values.pop(name) for name in OF_SITE if name in values}
    policy: Policy = replace(site.policy, thresholds=levels, **values)
    return replace(site, policy=policy, **of_site), faults


def _value(site: Site, name: str) -> Any:
    return getattr(site, name) if name in OF_SITE else getattr(site.policy, name)


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None or value is False else "yes" if value is True else str(value)


def _read(line: Line, site: Site, typed: Mapping[str, str], faults: list[Fault]) -> Any:
    text = typed.get(line.name, "").strip()
    match line.kind:
        case Kind.SWITCH:
            return text == "yes"
        case Kind.LINES:
            return tuple(dict.fromkeys(one.strip() for one in text.splitlines() if one.strip()))
        case Kind.CHOICE:
            known = [choice for choice, _ in line.choices]
            if text not in known:
                faults.append(_wrong(line.name, "Please choose one of these."))
                return None
            return OF_SITE[line.name](text)
        case _:
            return _number(line, text, faults)


def _number(line: Line, text: str, faults: list[Fault]) -> float | int | None:
    if not text and line.name in OPTIONAL:
        return None
    try:
        return float(text) if line.name in SHARES else int(text)
    except ValueError:
        faults.append(_wrong(line.name, "A number, please."))
        return None


def _threshold(
    name: str, old: Threshold, typed: Mapping[str, str], faults: list[Fault]
) -> Threshold:
    hold, reject = (_score(typed.get(f"{edge}-{name}", "").strip()) for edge in ("hold", "reject"))
    # A number in per cent taken for "never" would switch the check off, and nobody would see it.
    if hold is None or reject is None:
        faults.append(_wrong(name, "A number from 0 to 1, or nothing for never."))
        return old
    return Threshold(hold, reject)


def _score(text: str) -> float | None:
    if not text:
        return NEVER
    value = float(text) if codec.is_number(text) else None
    return value if value is not None and (0 <= value <= 1 or value == NEVER) else None


def _level(value: float) -> str:
    return "" if value > 1 else f"{value:g}"


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
