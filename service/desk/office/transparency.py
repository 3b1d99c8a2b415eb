"""The transparency report that the EU's Digital Services Act requires (Art. 15)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.core import Core
from service.desk.office import statistics
from service.desk.office.dashboard import buckets
from service.domain import waits
from service.domain.actor import Actor
from service.domain.counts import Count, CountKind
from service.domain.errors import Fault, Invalid
from service.domain.site import Site

LONGEST = timedelta(days=750)
RESTRICTING = ("rejected", "removed")


@dataclass(frozen=True, slots=True)
class ActionCount:
    """The number of actions of one kind, by actor and ground."""

    by: str
    action: str
    ground: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransparencyReport:
    """The numbers of a period; times are in seconds, None without data."""

    site: str
    start: datetime
    end: datetime
    comments: int
    notices: dict[str, int]
    actions: list[ActionCount]
    automated: int
    restricted: int
    notice_to_action: float | None
    held_to_decision: float | None
    appeals: int
    upheld: int
    declined: int
    appeal_to_answer: float | None
    decided_by_machine: int
    overturned: int

    @property
    def automated_share(self) -> float | None:
        """The share of restrictions that the machine alone decided."""
        return self.automated / self.restricted if self.restricted else None

    @property
    def error_rate(self) -> float | None:
        """The share of the machine's decisions that people overturned."""
        return self.overturned / self.decided_by_machine if self.decided_by_machine else None


def make_report(core: Core, site: Site, start: datetime, end: datetime) -> TransparencyReport:
    """Add up a period; `end` is exclusive.

    :raises Invalid: the period ends before it begins, or is too long.
    """
    if not start < end <= start + LONGEST:
        raise Invalid(_wrong("to", "After the first day, and at most two years."))
    counts = statistics.between(core, site, start, end)
    sums: Counter[Count] = sum(counts.values(), Counter[Count]())
    actions = _actions(sums)
    restrictions = [count for count in actions if count.action in RESTRICTING]
    return TransparencyReport(
        site=site.name,
        start=start,
        end=end,
        comments=sums[Count(CountKind.ARRIVED)],
        notices={c.subject: n for c, n in sorted(sums.items()) if c.kind is CountKind.NOTICE},
        actions=actions,
        automated=sum(count.number for count in restrictions if count.by == Actor.MACHINE),
        restricted=sum(count.number for count in restrictions),
        notice_to_action=_median(sums, CountKind.NOTICE_WAIT),
        held_to_decision=_median(sums, CountKind.WAIT),
        appeals=sum(n for c, n in sums.items() if c.kind is CountKind.APPEAL),
        upheld=sums[Count(CountKind.ANSWER, subject="upheld")],
        declined=sums[Count(CountKind.ANSWER, subject="declined")],
        appeal_to_answer=_median(sums, CountKind.ANSWER_WAIT),
        decided_by_machine=sum(
            sums[Count(CountKind.MACHINE, status)] for status in ("approved", "rejected")
        ),
        # A decision undone in the period may have been made before it.
        overturned=max(
            0,
            sums[Count(CountKind.VERDICT, "rejected", subject="kept")]
            + sums[Count(CountKind.VERDICT, "approved", subject="refused")],
        ),
    )


def lines(report: TransparencyReport) -> list[tuple[str, str, str, int | float | None]]:
    """Return a report as rows of section, subject, ground and number."""
    rows: list[tuple[str, str, str, int | float | None]] = [
        ("period", "from", report.start.date().isoformat(), None),
        ("period", "to", (report.end - timedelta(days=1)).date().isoformat(), None),
        ("comments", "received", "", report.comments),
        *(("notices", reason, "", number) for reason, number in report.notices.items()),
        *(
            (f"actions by {count.by}", count.action, count.ground, count.number)
            for count in report.actions
        ),
        ("automated means", "restrictions by machine alone", "", report.automated),
        ("automated means", "restrictions", "", report.restricted),
        ("automated means", "share", "", report.automated_share),
        ("automated means", "decisions of the machine alone", "", report.decided_by_machine),
        ("automated means", "of these overturned by people", "", report.overturned),
        ("automated means", "error rate", "", report.error_rate),
        ("median seconds", "from notice to action", "", report.notice_to_action),
        ("median seconds", "from held to decision", "", report.held_to_decision),
        ("median seconds", "from appeal to answer", "", report.appeal_to_answer),
        ("appeals", "lodged", "", report.appeals),
        ("appeals", "upheld", "", report.upheld),
        ("appeals", "declined", "", report.declined),
    ]
    return rows


def _actions(sums: Counter[Count]) -> list[ActionCount]:
    actions = [
        ActionCount(count.who, count.status, count.subject, number)
        for count, number in sums.items()
        if count.kind is CountKind.ACTION and number > 0
    ]
    return sorted(actions, key=lambda row: (row.by, row.action, -row.number, row.ground))


def _median(sums: Counter[Count], kind: CountKind) -> float | None:
    wait = waits.quantile(buckets(sums, kind), 0.5)
    return wait.total_seconds() if wait else None


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
