"""The transparency report of a period, as the EU's Digital Services Act asks for it (Art. 15)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.core import Core
from service.desk.office import hours
from service.desk.office.dashboard import buckets
from service.domain import waits
from service.domain.actor import Actor
from service.domain.errors import Fault, Invalid
from service.domain.site import Site

LONGEST = timedelta(days=750)
RESTRICTING = ("rejected", "removed")


@dataclass(frozen=True, slots=True)
class ActionCount:
    """How often something was done, by whom and on what ground."""

    by: str
    action: str
    ground: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransparencyReport:
    """The numbers of a period; times are in seconds, None where nothing can be said."""

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
        """The share of the restrictions that the machine alone decided."""
        return self.automated / self.restricted if self.restricted else None

    @property
    def error_rate(self) -> float | None:
        """The share of the machine's own decisions that people have overturned."""
        return self.overturned / self.decided_by_machine if self.decided_by_machine else None


def make_report(core: Core, site: Site, start: datetime, end: datetime) -> TransparencyReport:
    """Add up a period; `end` is not in it.

    :raises Invalid: it ends before it begins, or is too long.
    """
    if not start < end <= start + LONGEST:
        raise Invalid(_wrong("to", "After the first day, and at most two years."))
    counts = hours.between(core, site, start, end)
    sums: Counter[str] = sum(counts.values(), Counter[str]())
    actions = _actions(sums)
    restrictions = [count for count in actions if count.action in RESTRICTING]
    return TransparencyReport(
        site=site.name,
        start=start,
        end=end,
        comments=sums["arrived"],
        notices={name[7:]: n for name, n in sorted(sums.items()) if name.startswith("notice ")},
        actions=actions,
        automated=sum(count.number for count in restrictions if count.by == Actor.MACHINE),
        restricted=sum(count.number for count in restrictions),
        notice_to_action=_median(sums, "notice-wait"),
        held_to_decision=_median(sums, "wait"),
        appeals=sum(n for name, n in sums.items() if name.startswith("appeal ")),
        upheld=sums["answer upheld"],
        declined=sums["answer declined"],
        appeal_to_answer=_median(sums, "answer-wait"),
        decided_by_machine=sums["machine approved"] + sums["machine rejected"],
        # What was taken back may have been decided before the period began.
        overturned=max(0, sums["verdict rejected kept"] + sums["verdict approved refused"]),
    )


def lines(report: TransparencyReport) -> list[tuple[str, str, str, int | float | None]]:
    """Write a report line by line: section, what, ground, number."""
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


def _actions(sums: Counter[str]) -> list[ActionCount]:
    counts = []
    for name, number in sums.items():
        kind, _, rest = name.partition(" ")
        if kind == "action" and number > 0:
            by, action, ground = rest.split(" ", 2)
            counts.append(ActionCount(by, action, ground, number))
    return sorted(counts, key=lambda count: (count.by, count.action, -count.number, count.ground))


def _median(sums: Counter[str], name: str) -> float | None:
    wait = waits.quantile(buckets(sums, name), 0.5)
    return wait.total_seconds() if wait else None


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
