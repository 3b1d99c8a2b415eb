"""A site's statistics by the hour: the past is rolled up once an hour, the present when asked."""

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
# Counted at once: so that a year takes few round trips, and no batch much memory.
BATCH = 24
# The store's clock stamps the entries, ours ends the hour.
SETTLED = timedelta(minutes=2)
# A site with years behind it is counted bit by bit, while bells are rung.
AT_ONCE = 60 * BATCH
# What a page counts itself, beyond what is kept: more would keep its reader waiting.
MOST = 30_000


def roll_up(core: Core, site: Site) -> int:
    """Count every hour that is over and not counted yet; tell how many."""
    record, present = core.at(site.name), hours.of(core.now() - SETTLED)
    start = rollups.rolled(record) or _beginning(record)
    over = hours.between(start, present)[:AT_ONCE] if start else []
    for batch in _batches(over):
        for hour, counts in count(core, site, batch).items():
            rollups.put(record, hour, counts)
        rollups.mark(record, batch[-1] + hours.HOUR)
    return len(over)


def recount(core: Core, site: Site, since: datetime) -> int:
    """Count hours again from the streams, and tell how many were not what was kept."""
    record = core.at(site.name)
    counted = rollups.rolled(record)
    past = hours.between(since, counted) if counted else []
    wrong = 0
    for batch in _batches(past):
        kept = rollups.get_many(record, batch)
        for (hour, right), known in zip(count(core, site, batch).items(), kept, strict=True):
            if right != known:
                rollups.put(record, hour, right)
                wrong += 1
    return wrong


def between(core: Core, site: Site, start: datetime, end: datetime) -> Counts:
    """Give the counts of each hour of a period; what is not counted yet is counted now."""
    record = core.at(site.name)
    wanted = hours.between(start, min(end, core.now()))
    counted = rollups.rolled(record)
    past = [hour for hour in wanted if counted is not None and hour < counted]
    counts = dict(zip(past, rollups.get_many(record, past), strict=True))
    allowed = MOST + _entries_in(counts)
    # The latest first: should maintenance be far behind, it is the oldest that is missing.
    for batch in reversed(list(_batches(wanted[len(past) :]))):
        if _entries_in(counts) > allowed:
            break
        counts |= count(core, site, batch)
    return counts


def count(core: Core, site: Site, batch: Sequence[datetime]) -> Counts:
    """Count neighbouring hours from the streams."""
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
    """Read what came before decisions, back to what no person did: some were taken back."""
    known: dict[str, Entry] = {}
    wanted = {entry.prev for entry in decisions}
    while wanted:
        entries = history.many(record, sorted(wanted))
        known |= entries
        by_people = [entry for entry in entries.values() if actor.is_moderator(entry.by)]
        wanted = {entry.prev for entry in by_people if entry.prev} - known.keys()
    return known


def _stream(
    record: Record,
    read: Callable[[Record, str, str, int], list[StreamItem]],
    start: str,
    end: str,
) -> Iterator[StreamItem]:
    """Read a part of a stream chunk by chunk."""
    while True:
        chunk = read(record, start, end, CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        start = f"({chunk[-1].id}"


def _batches(wanted: Sequence[datetime]) -> Iterator[Sequence[datetime]]:
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]


def _entries_in(counts: Mapping[datetime, Counter[Count]]) -> int:
    return sum(of_hour[Count(CountKind.ENTRIES)] for of_hour in counts.values())


def _beginning(record: Record) -> datetime | None:
    first = rollups.first(record)
    return hours.of(moments.from_ms(first.split("-")[0])) if first else None
