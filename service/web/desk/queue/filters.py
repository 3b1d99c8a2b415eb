"""Filters of a queue: read from an address, and written into one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from service.domain.attribute import ATTRIBUTES
from service.domain.errors import Fault, Invalid
from service.domain.queue_filters import Band, QueueFilters, QueueOrder, State

Member = TypeVar("Member", bound=StrEnum)

THREAD = re.compile(r"[0-9a-f]{20}")
AUTHOR = re.compile(r"[A-Za-z0-9_-]{16}")
REASON = re.compile(r"[a-z_]{1,30}/[a-z-]{1,40}")
LANGUAGE = re.compile(r"[A-Za-z-]{2,12}")
HOST = re.compile(r"\S{1,100}")
# Python's float accepts too much: `1_0`, `nan`, digits of other scripts.
NUMBER = re.compile(r"-?[0-9]{0,9}\.?[0-9]{1,40}(e-?[0-9]{1,2})?")
MAX_WORDS = 100
PATTERNS = {
    "thread": THREAD,
    "by": AUTHOR,
    "author": AUTHOR,
    "reason": REASON,
    "language": LANGUAGE,
    "host": HOST,
}
# Filters with a closed set of values.
ENUMS: dict[str, type[StrEnum]] = {"state": State, "order": QueueOrder}


def read(args: Mapping[str, str]) -> QueueFilters:
    """Read the filters of an address.

    :raises Invalid: a filter is invalid; ignoring it would show too much.
    """
    if faults := tuple(_faults(args)):
        raise Invalid(*faults)
    return read_valid(args)


def read_valid(args: Mapping[str, str]) -> QueueFilters:
    """Read the filters that a form carries for the way back, ignoring invalid ones."""
    return QueueFilters(
        state=_one_of(State, args.get("state", "")) or State.HELD,
        order=_one_of(QueueOrder, args.get("order", "")),
        thread=_matching(THREAD, args.get("thread", "")),
        author=_matching(AUTHOR, args.get("by", "") or args.get("author", "")),
        reason=_matching(REASON, args.get("reason", "")),
        language=_matching(LANGUAGE, args.get("language", "")),
        host=_matching(HOST, args.get("host", "")),
        words=" ".join(args.get("q", "").split())[:MAX_WORDS],
        band=_band(args),
    )


def write(filters: QueueFilters) -> dict[str, str]:
    """Convert filters to the arguments of an address, without the empty ones."""
    band = filters.band
    values = {
        "state": filters.state.value,
        "order": filters.order.value if filters.order else "",
        "thread": filters.thread,
        "by": filters.author,
        "reason": filters.reason,
        "language": filters.language,
        "host": filters.host,
        "q": filters.words,
        "attribute": band.attribute if band else "",
        "low": f"{band.low:g}" if band else "",
        "high": f"{band.high:g}" if band else "",
    }
    return {name: value for name, value in values.items() if value}


def only(filters: QueueFilters, **values: str) -> dict[str, str]:
    """Return the arguments for the same queue with only these filters, e.g. one author."""
    bare = QueueFilters(state=filters.state, order=filters.order)
    return write(replace(bare, **values))  # type: ignore[arg-type]  # fields of texts


def without(filters: QueueFilters, field: str) -> dict[str, str]:
    """Return the arguments for the same filters without one of them."""
    changed = replace(filters, band=None) if field == "band" else _emptied(filters, field)
    return write(changed)


def _faults(args: Mapping[str, str]) -> Iterator[Fault]:
    for name, members in ENUMS.items():
        if (value := args.get(name, "")) and value not in list(members):
            yield _wrong(name, f"There is no such {name}.")
    for name, pattern in PATTERNS.items():
        if (value := args.get(name, "")) and not pattern.fullmatch(value):
            yield _wrong(name, f"This names no {'author' if name == 'by' else name}.")
    if len(args.get("q", "")) > MAX_WORDS:
        yield _wrong("q", f"At most {MAX_WORDS} characters.")
    yield from _faults_of_band(args)


def _faults_of_band(args: Mapping[str, str]) -> Iterator[Fault]:
    attribute = args.get("attribute", "")
    ends = [args.get("low", "") or "0", args.get("high", "") or "1"]
    for name, end in zip(("low", "high"), ends, strict=True):
        if not NUMBER.fullmatch(end) or not 0 <= float(end) <= 1:
            yield _wrong(name, "A number from 0 to 1.")
            return
    if attribute and attribute not in ATTRIBUTES:
        yield _wrong("attribute", "There is no such score.")
    elif not attribute and [float(end) for end in ends] != [0, 1]:
        yield _wrong("attribute", "Please say of which score.")


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)


def _emptied(filters: QueueFilters, field: str) -> QueueFilters:
    return replace(filters, **{field: ""})  # type: ignore[arg-type]  # fields of texts


def _one_of(members: type[Member], value: str) -> Member | None:
    return members(value) if value in list(members) else None


def _matching(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.fullmatch(value) else ""


def _band(args: Mapping[str, str]) -> Band | None:
    attribute = args.get("attribute", "")
    if attribute not in ATTRIBUTES:
        return None
    low, high = _share(args.get("low", ""), 0.0), _share(args.get("high", ""), 1.0)
    return Band(attribute, min(low, high), max(low, high))


def _share(text: str, otherwise: float) -> float:
    return min(max(float(text), 0.0), 1.0) if NUMBER.fullmatch(text) else otherwise
