"""The dashboard of a site: arrivals, decisions, agreement, waits and backlog."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.core import Core
from service.desk.office import statistics
from service.domain import waits
from service.domain.counts import Count, CountKind
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.domain.thread import Thread
from service.store.comments import threads
from service.store.desk import backlog

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOP = 8


class Period(StrEnum):
    """How far back a dashboard looks."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"

    @property
    def step(self) -> timedelta:
        """The width of one column."""
        return HOUR if self is Period.DAY else DAY

    @property
    def columns(self) -> int:
        """The number of columns."""
        return int(self.value[:-1])


@dataclass(frozen=True, slots=True)
class Column:
    """The counts of one hour or day."""

    start: datetime
    counts: Counter[Count]

    def count(self, *names: Count) -> int:
        """Add counts up."""
        return sum(max(0, self.counts[name]) for name in names)

    @property
    def by_machine(self) -> int:
        """The number of comments that the machine alone published or refused."""
        return self.count(*(Count(CountKind.MACHINE, s) for s in ("approved", "rejected")))

    @property
    def by_people(self) -> int:
        """The number of decisions made by people."""
        return self.count(
            *(Count(CountKind.PERSON, s) for s in ("approved", "rejected", "removed"))
        )

    @property
    def agreed(self) -> int:
        """How often people agreed with the machine: kept approved comments, refused the rest."""
        return self.count(*_verdicts(approved="kept", held="refused", rejected="refused"))

    @property
    def disagreed(self) -> int:
        """How often people disagreed with the machine."""
        return self.count(*_verdicts(approved="refused", held="kept", rejected="kept"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """The numbers of a period; `people` is None for viewers who may not see individuals."""

    period: Period
    columns: list[Column]
    total: Column
    median: timedelta | None
    ninetieth: timedelta | None
    ages: list[tuple[str, int]]
    oldest: timedelta | None
    reasons: list[tuple[str, int]]
    threads: list[tuple[Thread, int]]
    people: list[tuple[str, int, int]] | None


def open_dashboard(core: Core, site: Site, moderator: Moderator, period: Period) -> Dashboard:
    """Gather the numbers of a period."""
    now, record = core.now(), core.at(site.name)
    first = _floor(now, period) - period.step * (period.columns - 1)
    columns = _columns(statistics.between(core, site, first, now), first, period)
    total = Column(first, sum((column.counts for column in columns), Counter()))
    ages, oldest = backlog.ages(record, now)
    return Dashboard(
        period=period,
        columns=columns,
        total=total,
        median=waits.quantile(buckets(total.counts, CountKind.WAIT), 0.5),
        ninetieth=waits.quantile(buckets(total.counts, CountKind.WAIT), 0.9),
        ages=ages,
        oldest=oldest,
        reasons=_reasons(total.counts),
        threads=_threads(core, site, total.counts),
        people=_people(total.counts) if moderator.may_own(site.name) else None,
    )


def buckets(counts: Mapping[Count, int], kind: CountKind) -> dict[int, int]:
    """Collect the buckets of one kind of wait."""
    return {int(name.subject): number for name, number in counts.items() if name.kind is kind}


def _verdicts(**outcomes: str) -> Iterator[Count]:
    for status, outcome in outcomes.items():
        yield Count(CountKind.VERDICT, status, subject=outcome)


def _columns(
    counts_by_hour: Mapping[datetime, Counter[Count]], first: datetime, period: Period
) -> list[Column]:
    sums: list[Counter[Count]] = [Counter() for _ in range(period.columns)]
    for hour, counts in counts_by_hour.items():
        column = int((hour - first) / period.step)
        for name, number in counts.items():
            sums[column][name] += number
    return [Column(first + period.step * i, counts) for i, counts in enumerate(sums)]


def _floor(now: datetime, period: Period) -> datetime:
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour if period is Period.DAY else hour.replace(hour=0)


def _reasons(counts: Mapping[Count, int]) -> list[tuple[str, int]]:
    sums: Counter[str] = Counter()
    for name, number in counts.items():
        if name.kind is CountKind.ACTION:
            sums[name.subject] += number
    return [(ground, number) for ground, number in sums.most_common(TOP) if number > 0]


def _threads(core: Core, site: Site, counts: Mapping[Count, int]) -> list[tuple[Thread, int]]:
    arrivals = (row for row in counts.items() if row[0].kind is CountKind.THREAD)
    sums = Counter({name.subject: number for name, number in arrivals if name.subject})
    # Twice as many, as some may have moved and be one article now.
    top = sums.most_common(2 * TOP)
    articles = threads.titles(core.at(site.name), [id_ for id_, _ in top])
    now = Counter[Thread]()
    for id_, number in top:
        now[articles[id_]] += number
    return now.most_common(TOP)


def _people(counts: Mapping[Count, int]) -> list[tuple[str, int, int]]:
    approved, refused = Counter[str](), Counter[str]()
    for name, number in counts.items():
        if name.kind is CountKind.BY:
            (approved if name.status == "approved" else refused)[name.who] += number
    names = {who for who in approved | refused if approved[who] + refused[who] > 0}
    return sorted(
        ((who, approved[who], refused[who]) for who in names), key=lambda row: -row[1] - row[2]
    )
