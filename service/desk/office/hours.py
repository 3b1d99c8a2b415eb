"""Count the hours of a site from its streams: the past once an hour, the present when asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from service.core import Core
from service.desk.office import hourly_counts
from service.domain import actor, hours, moments
from service.domain.site import Site
from service.store.comments import history, threads
from service.store.comments.history import Entry
from service.store.desk import acts
from service.store.desk.acts import Act
from service.store.people import flags
from service.store.site import rollups

Counts = dict[datetime, Counter[str]]
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
    start = rollups.rolled(record) or _beginning(core, site)
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
    found = dict(zip(past, rollups.get_many(record, past), strict=True))
    # The latest first: should maintenance be far behind, it is the oldest that is missing.
    for batch in reversed(list(_batches(wanted[len(past) :]))):
        if sum(counts["entries"] for counts in found.values()) > MOST + _kept(found, past):
            break
        found |= count(core, site, batch)
    return found


def count(core: Core, site: Site, batch: Sequence[datetime]) -> Counts:
    """Count neighbouring hours from the streams."""
    start = str(moments.to_ms(batch[0]))
    end = str(moments.to_ms(batch[-1] + hours.HOUR) - 1)
    entries: dict[datetime, list[Entry]] = {hour: [] for hour in batch}
    done: dict[datetime, list[Act]] = {hour: [] for hour in batch}
    for entry in _entries(core, site, start, end):
        entries[hours.of(entry.at)].append(entry)
    for act in _acts(core, site, start, end):
        done[hours.of(act.at)].append(act)
    facts = _facts(core, site, [entry for row in entries.values() for entry in row])
    return {hour: hourly_counts.count(entries[hour], done[hour], facts) for hour in batch}


def _facts(core: Core, site: Site, entries: Sequence[Entry]) -> hourly_counts.Facts:
    record = core.at(site.name)
    people = [entry for entry in entries if actor.is_moderator(entry.by) and entry.prev]
    fresh = [entry.comment for entry in entries if not entry.prev]
    earlier = _earlier(core, site, people)
    taken = {entry.comment for entry in (*people, *earlier.values()) if entry.old == "approved"}
    return hourly_counts.Facts(
        earlier=earlier,
        threads=threads.of_comments(record, fresh),
        noticed=flags.first_of(record, sorted(taken)),
    )


def _earlier(core: Core, site: Site, decided: Sequence[Entry]) -> dict[str, Entry]:
    """Read what came before decisions, back to what no person did: some were taken back."""
    known: dict[str, Entry] = {}
    wanted = {entry.prev for entry in decided}
    while wanted:
        found = history.many(core.at(site.name), sorted(wanted))
        known |= found
        by_people = [entry for entry in found.values() if actor.is_moderator(entry.by)]
        wanted = {entry.prev for entry in by_people if entry.prev} - known.keys()
    return known


def _entries(core: Core, site: Site, start: str, end: str) -> Iterator[Entry]:
    while True:
        chunk = history.between(core.at(site.name), start, end, CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        start = f"({chunk[-1].id}"


def _acts(core: Core, site: Site, start: str, end: str) -> Iterator[Act]:
    while True:
        chunk = acts.between(core.at(site.name), start, end, CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        start = f"({chunk[-1].id}"


def _batches(wanted: Sequence[datetime]) -> Iterator[Sequence[datetime]]:
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]


def _kept(found: Counts, past: Sequence[datetime]) -> int:
    return sum(found[hour]["entries"] for hour in past)


def _beginning(core: Core, site: Site) -> datetime | None:
    first = rollups.first(core.at(site.name))
    return hours.of(moments.from_ms(first.split("-")[0])) if first else None
