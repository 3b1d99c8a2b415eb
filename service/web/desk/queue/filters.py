"""Read from an address which comments a moderator wants, and write such addresses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from service.domain.attribute import ATTRIBUTES
from service.domain.choice import Band, Choice, QueueOrder, State
from service.domain.errors import Fault, Invalid
from service.store.codec import is_number

Kind = TypeVar("Kind", bound=StrEnum)

THREAD = re.compile(r"[0-9a-f]{20}")
AUTHOR = re.compile(r"[A-Za-z0-9_-]{16}")
REASON = re.compile(r"[a-z_]{1,30}/[a-z-]{1,40}")
LANGUAGE = re.compile(r"[A-Za-z-]{2,12}")
HOST = re.compile(r"\S{1,100}")
MAX_WORDS = 100
PATTERNS = {
    "thread": THREAD,
    "by": AUTHOR,
    "author": AUTHOR,
    "reason": REASON,
    "language": LANGUAGE,
    "host": HOST,
}
CLOSED: dict[str, type[StrEnum]] = {"state": State, "order": QueueOrder}


def read(given: Mapping[str, str]) -> Choice:
    """Read a choice.

    :raises Invalid: some of it makes no sense; without that filter too much would be chosen.
    """
    if faults := tuple(_faults(given)):
        raise Invalid(*faults)
    return carried(given)


def carried(given: Mapping[str, str]) -> Choice:
    """Read the choice that a form carries along to lead back; what makes no sense is left out."""
    return Choice(
        state=_one_of(State, given.get("state", "")) or State.HELD,
        order=_one_of(QueueOrder, given.get("order", "")),
        thread=_like(THREAD, given.get("thread", "")),
        author=_like(AUTHOR, given.get("by", "") or given.get("author", "")),
        reason=_like(REASON, given.get("reason", "")),
        language=_like(LANGUAGE, given.get("language", "")),
        host=_like(HOST, given.get("host", "")),
        words=" ".join(given.get("q", "").split())[:MAX_WORDS],
        band=_band(given),
    )


def write(choice: Choice) -> dict[str, str]:
    """Write a choice as the arguments of an address, the shorter the better."""
    band = choice.band
    named = {
        "state": choice.state.value,
        "order": choice.order.value if choice.order else "",
        "thread": choice.thread,
        "by": choice.author,
        "reason": choice.reason,
        "language": choice.language,
        "host": choice.host,
        "q": choice.words,
        "attribute": band.attribute if band else "",
        "low": f"{band.low:g}" if band else "",
        "high": f"{band.high:g}" if band else "",
    }
    return {name: value for name, value in named.items() if value}


def only(choice: Choice, **wanted: str) -> dict[str, str]:
    """Write the choice of one kind within the same queue, e.g. all of one author."""
    bare = Choice(state=choice.state, order=choice.order)
    return write(replace(bare, **wanted))  # type: ignore[arg-type]  # fields of texts


def without(choice: Choice, field: str) -> dict[str, str]:
    """Write the same choice without one of its filters."""
    changed = replace(choice, band=None) if field == "band" else _emptied(choice, field)
    return write(changed)


def _faults(given: Mapping[str, str]) -> Iterator[Fault]:
    for name, kind in CLOSED.items():
        if (value := given.get(name, "")) and value not in list(kind):
            yield _wrong(name, f"There is no such {name}.")
    for name, pattern in PATTERNS.items():
        if (value := given.get(name, "")) and not pattern.fullmatch(value):
            yield _wrong(name, f"This names no {'author' if name == 'by' else name}.")
    if len(given.get("q", "")) > MAX_WORDS:
        yield _wrong("q", f"At most {MAX_WORDS} characters.")
    yield from _faults_of_band(given)


def _faults_of_band(given: Mapping[str, str]) -> Iterator[Fault]:
    attribute = given.get("attribute", "")
    ends = [given.get("low", "") or "0", given.get("high", "") or "1"]
    for name, end in zip(("low", "high"), ends, strict=True):
        if not is_number(end) or not 0 <= float(end) <= 1:
            yield _wrong(name, "A number from 0 to 1.")
            return
    if attribute and attribute not in ATTRIBUTES:
        yield _wrong("attribute", "There is no such score.")
    elif not attribute and [float(end) for end in ends] != [0, 1]:
        yield _wrong("attribute", "Please say of which score.")


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)


def _emptied(choice: Choice, field: str) -> Choice:
    return replace(choice, **{field: ""})  # type: ignore[arg-type]  # fields of texts


def _one_of(kind: type[Kind], value: str) -> Kind | None:
    return kind(value) if value in list(kind) else None


def _like(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.fullmatch(value) else ""


def _band(given: Mapping[str, str]) -> Band | None:
    attribute = given.get("attribute", "")
    if attribute not in ATTRIBUTES:
        return None
    low, high = _share(given.get("low", ""), 0.0), _share(given.get("high", ""), 1.0)
    return Band(attribute, min(low, high), max(low, high))


def _share(text: str, otherwise: float) -> float:
    return min(max(float(text), 0.0), 1.0) if is_number(text) else otherwise
