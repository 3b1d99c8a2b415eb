"""Count what happened from the log and the acts: a pure function, so that it can be done again.

A count's name says what it counts, word by word; docs/keys.md lists the names.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from service.domain import actor, moments, waits
from service.domain.actor import Actor
from service.domain.comment import Status
from service.store.comments.history import UNDONE, Entry
from service.store.desk.acts import Act

REFUSED = frozenset({Status.REJECTED.value, Status.REMOVED.value})
MAX_REASON = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What else must be known of the entries: those before them, threads, and open notices."""

    earlier: Mapping[str, Entry] = field(default_factory=dict)
    threads: Mapping[str, str] = field(default_factory=dict)
    noticed: Mapping[str, datetime] = field(default_factory=dict)


def count(entries: Iterable[Entry], acts: Iterable[Act], facts: Facts) -> Counter[str]:
    """Count what happened; an undone decision is counted off again."""
    found: Counter[str] = Counter()
    for entry in entries:
        found["entries"] += 1
        for name, number in _of_entry(entry, facts):
            found[name] += number
    for act in acts:
        found.update(_of_act(act))
    return Counter({name: number for name, number in found.items() if number})


def _of_entry(entry: Entry, facts: Facts) -> Iterator[tuple[str, int]]:
    if not entry.prev and entry.by != Actor.IMPORT:
        yield "arrived", 1
        yield f"thread {facts.threads.get(entry.comment, '')}", 1
    if entry.by == Actor.MACHINE:
        yield f"machine {entry.new}", 1
        yield from ((name, 1) for name in _grounds("machine", entry))
    elif not actor.is_moderator(entry.by):
        yield f"{entry.by} {entry.new}", 1
    elif entry.why == UNDONE:
        yield "undone", 1
        if (decided := facts.earlier.get(entry.prev)) is not None:
            yield from ((name, -1) for name in _decision(decided, facts))
    else:
        yield from ((name, 1) for name in _decision(entry, facts))


def _decision(entry: Entry, facts: Facts) -> Iterator[str]:
    yield f"person {entry.new}"
    yield f"by {entry.new} {entry.by}"
    yield from _grounds("person", entry)
    if entry.old == Status.HELD and entry.prev:
        held = moments.from_ms(entry.prev.split("-")[0])
        yield f"wait {waits.bucket(entry.at - held)}"
    if entry.comment in facts.noticed and entry.old == Status.APPROVED:
        yield f"notice-wait {waits.bucket(entry.at - facts.noticed[entry.comment])}"
    before = _before(entry, facts)
    if before is not None and before.by == Actor.MACHINE:
        yield f"verdict {before.new} {'refused' if entry.new in REFUSED else 'kept'}"


def _before(entry: Entry, facts: Facts) -> Entry | None:
    """Give the entry that stood before one, as if what was taken back had never been."""
    found = facts.earlier.get(entry.prev)
    while found is not None and found.why == UNDONE and actor.is_moderator(found.by):
        decided = facts.earlier.get(found.prev)
        found = facts.earlier.get(decided.prev) if decided else None
    return found


def _grounds(who: str, entry: Entry) -> Iterator[str]:
    """Name what was done and on what ground: the machine's first reason, a person's words."""
    if entry.new == Status.APPROVED or entry.new == Status.PENDING:
        return
    reasons = entry.reasons[:1] if who == "machine" else (entry.why,)
    ground = next(iter(reasons), "") or "none given"
    yield f"action {who} {entry.new} {ground[:MAX_REASON]}"


def _of_act(act: Act) -> Iterator[str]:
    match act.what:
        case "notice":
            yield f"notice {act.how}"
        case "appeal":
            yield f"appeal {act.how}"
        case "answer":
            yield f"answer {act.how}"
            wait = moments.from_ms(act.new) - moments.from_ms(act.old)
            yield f"answer-wait {waits.bucket(wait)}"
