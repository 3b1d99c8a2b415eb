"""A site's statistics by the hour: past hours are rolled up, recent ones counted on request."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from service.core import Core
from service.desk.office import hourly_counts
from service.desk.office.hourly_counts import Background
from service.domain import actor, hours, moments
from service.domain.comment import Status
from service.domain.counts import Count, CountKind
from service.domain.site import Site
from service.store.comments import history, threads
from service.store.comments.history import Entry
from service.store.desk import acts
from service.store.desk.acts import Act
from service.store.people import flags
from service.store.record import Record
from service.store.site import rollups

Counts = dict[datetime, Counter[Count]]
StreamItem = TypeVar("StreamItem", Entry, Act)
CHUNK = 2_000
# Hours counted at once: a year takes few round trips, and no batch much memory.
BATCH = 24
# Entries carry the store's time, but our clock ends the hour.
SETTLED = timedelta(minutes=2)
# A site with years of log is counted in parts, so that the worker stays responsive.
AT_ONCE = 60 * BATCH
# Entries that a page counts itself beyond the rollups; more would take too long.
MOST = 30_000


def roll_up(core: Core, site: Site) -> int:
    """Count the hours that are over and not counted yet; return their number."""
    record, present = core.at(site.name), hours.of(core.now() - SETTLED)
    start = rollups.rolled(record) or _beginning(record)
    if start and start > present:
        # The clock was set back: hours that are not over were counted.
        rollups.mark(record, present)
    over = hours.between(start, present)[:AT_ONCE] if start else []
    for batch in _batches(over):
        for hour, counts in count(core, site, batch).items():
            rollups.put(record, hour, counts)
        rollups.mark(record, batch[-1] + hours.HOUR)
    return len(over)


def recount(core: Core, site: Site, since: datetime) -> int:
    """Count hours again from the streams; return how many rollups were wrong."""
    record = core.at(site.name)
    counted = rollups.rolled(record)
    past = hours.between(since, counted) if counted else []
    wrong = 0
    for batch in _batches(past):
        stored = rollups.get_many(record, batch)
        for (hour, right), old in zip(count(core, site, batch).items(), stored, strict=True):
            if right != old:
                rollups.put(record, hour, right)
                wrong += 1
    return wrong


def between(core: Core, site: Site, start: datetime, end: datetime) -> Counts:
    """Return the counts of each hour of a period; hours without a rollup are counted now."""
    record = core.at(site.name)
    period = hours.between(start, min(end, core.now()))
    counted, present = rollups.rolled(record), hours.of(core.now())
    past = [hour for hour in period if counted is not None and hour < min(counted, present)]
    counts = dict(zip(past, rollups.get_many(record, past), strict=True))
    allowed = MOST + _entries_in(counts)
    # Latest first: if maintenance is far behind, the oldest hours are missing.
    for batch in reversed(list(_batches(period[len(past) :]))):
        if _entries_in(counts) > allowed:
            break
        counts |= count(core, site, batch)
    return counts


def count(core: Core, site: Site, batch: Sequence[datetime]) -> Counts:
    """Count consecutive hours from the streams."""
    record = core.at(site.name)
    start = str(moments.to_ms(batch[0]))
    end = str(moments.to_ms(batch[-1] + hours.HOUR) - 1)
    entries: dict[datetime, list[Entry]] = {hour: [] for hour in batch}
    acts_of: dict[datetime, list[Act]] = {hour: [] for hour in batch}
    for entry in _stream(record, history.between, start, end):
        entries[hours.of(entry.at)].append(entry)
    for act in _stream(record, acts.between, start, end):
        acts_of[hours.of(act.at)].append(act)
    background = _background(record, [entry for row in entries.values() for entry in row])
    return {hour: hourly_counts.count(entries[hour], acts_of[hour], background) for hour in batch}


def _background(record: Record, entries: Sequence[Entry]) -> Background:
    decisions = [entry for entry in entries if actor.is_moderator(entry.by) and entry.prev]
    arrivals = [entry.comment for entry in entries if not entry.prev]
    earlier = _earlier(record, decisions)
    taken_down = {
        entry.comment for entry in (*decisions, *earlier.values()) if entry.old == Status.APPROVED
    }
    return Background(
        earlier=earlier,
        threads=threads.of_comments(record, arrivals),
        reported=flags.first_of(record, sorted(taken_down)),
    )


def _earlier(record: Record, decisions: Sequence[Entry]) -> dict[str, Entry]:
    """Read the entries before decisions, back to an automatic one: some decisions were undone."""
    earlier: dict[str, Entry] = {}
    missing = {entry.prev for entry in decisions}
    while missing:
        entries = history.many(record, sorted(missing))
        earlier |= entries
        by_people = [entry for entry in entries.values() if actor.is_moderator(entry.by)]
        missing = {entry.prev for entry in by_people if entry.prev} - earlier.keys()
    return earlier


def _stream(
    record: Record,
    read: Callable[[Record, str, str, int], list[StreamItem]],
    start: str,
    end: str,
) -> Iterator[StreamItem]:
    """Read part of a stream in chunks."""
    while True:
        chunk = read(record, start, end, CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        start = f"({chunk[-1].id}"


def _batches(period: Sequence[datetime]) -> Iterator[Sequence[datetime]]:
    for start in range(0, len(period), BATCH):
        yield period[start : start + BATCH]


def _entries_in(counts: Mapping[datetime, Counter[Count]]) -> int:
    return sum(of_hour[Count(CountKind.ENTRIES)] for of_hour in counts.values())


def _beginning(record: Record) -> datetime | None:
    first = rollups.first(record)
    return hours.of(moments.from_ms(first.split("-")[0])) if first else None
