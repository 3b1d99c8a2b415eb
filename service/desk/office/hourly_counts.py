"""Counts of an hour from the log and the acts; pure functions, so counting can be repeated."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from service.domain import actor, moments, waits
from service.domain.actor import Actor
from service.domain.comment import Status
from service.domain.counts import Count, CountKind
from service.store.comments.history import UNDONE, Entry
from service.store.desk.acts import Act

REFUSED = frozenset({Status.REJECTED.value, Status.REMOVED.value})
MAX_GROUND = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Context of the entries: the entries before them, threads, and first reports."""

    earlier: Mapping[str, Entry] = field(default_factory=dict)
    threads: Mapping[str, str] = field(default_factory=dict)
    reported: Mapping[str, datetime] = field(default_factory=dict)


def count(entries: Iterable[Entry], acts: Iterable[Act], background: Background) -> Counter[Count]:
    """Count entries and acts; an undone decision is subtracted again."""
    counts: Counter[Count] = Counter()
    for entry in entries:
        for name, number in _of_entry(entry, background):
            counts[name] += number
    for act in acts:
        counts.update(_of_act(act))
    return Counter({name: number for name, number in counts.items() if number})


def _of_entry(entry: Entry, background: Background) -> Iterator[tuple[Count, int]]:
    yield Count(CountKind.ENTRIES), 1
    if not entry.prev and entry.by != Actor.IMPORT:
        yield Count(CountKind.ARRIVED), 1
        yield Count(CountKind.THREAD, subject=background.threads.get(entry.comment, "")), 1
    if not actor.is_moderator(entry.by):
        yield from ((name, 1) for name in _automatic(entry))
    elif entry.why == UNDONE:
        yield Count(CountKind.UNDONE), 1
        if (decided := background.earlier.get(entry.prev)) is not None:
            yield from ((name, -1) for name in _decision(decided, background))
    else:
        yield from ((name, 1) for name in _decision(entry, background))


def _automatic(entry: Entry) -> Iterator[Count]:
    yield Count(CountKind(entry.by), status=entry.new)
    if entry.by == Actor.MACHINE:
        yield from _action(CountKind.MACHINE, entry, next(iter(entry.reasons), ""))


def _decision(entry: Entry, background: Background) -> Iterator[Count]:
    yield Count(CountKind.PERSON, status=entry.new)
    yield Count(CountKind.BY, status=entry.new, who=entry.by)
    yield from _action(CountKind.PERSON, entry, entry.why)
    if entry.old == Status.HELD and entry.prev:
        yield _wait(CountKind.WAIT, moments.from_ms(entry.prev.split("-")[0]), entry.at)
    if entry.comment in background.reported and entry.old == Status.APPROVED:
        yield _wait(CountKind.NOTICE_WAIT, background.reported[entry.comment], entry.at)
    before = _before(entry, background)
    if before is not None and before.by == Actor.MACHINE:
        outcome = "refused" if entry.new in REFUSED else "kept"
        yield Count(CountKind.VERDICT, status=before.new, subject=outcome)


def _before(entry: Entry, background: Background) -> Entry | None:
    """Return the entry before one, skipping decisions that were undone."""
    before = background.earlier.get(entry.prev)
    while before is not None and before.why == UNDONE and actor.is_moderator(before.by):
        decided = background.earlier.get(before.prev)
        before = background.earlier.get(decided.prev) if decided else None
    return before


def _action(who: CountKind, entry: Entry, ground: str) -> Iterator[Count]:
    """Count an action with its ground: the machine's first reason or a person's words."""
    if entry.new in (Status.APPROVED, Status.PENDING):
        return
    subject = (ground or "none given")[:MAX_GROUND]
    yield Count(CountKind.ACTION, status=entry.new, who=who, subject=subject)


def _of_act(act: Act) -> Iterator[Count]:
    match act.what:
        case "notice":
            yield Count(CountKind.NOTICE, subject=act.how)
        case "appeal":
            yield Count(CountKind.APPEAL, status=act.how)
        case "answer":
            yield Count(CountKind.ANSWER, subject=act.how)
            start, end = moments.from_ms(act.old), moments.from_ms(act.new)
            yield _wait(CountKind.ANSWER_WAIT, start, end)


def _wait(kind: CountKind, start: datetime, end: datetime) -> Count:
    return Count(kind, subject=str(waits.bucket(end - start)))
