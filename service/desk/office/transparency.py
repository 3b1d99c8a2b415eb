"""The transparency report of a period, as the EU's Digital Services Act asks for it (Art. 15)."""

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
class Taken:
    """How often something was done, by whom and on what ground."""

    by: str
    action: str
    ground: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The numbers of a period; times are in seconds, None where nothing can be said."""

    site: str
    start: datetime
    end: datetime
    comments: int
    notices: dict[str, int]
    actions: list[Taken]
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
        """Which share of the restrictions nobody but the machine decided."""
        return self.automated / self.restricted if self.restricted else None

    @property
    def error_rate(self) -> float | None:
        """Which share of the machine's own decisions people have overturned."""
        return self.overturned / self.decided_by_machine if self.decided_by_machine else None


def report(core: Core, site: Site, start: datetime, end: datetime) -> Report:
    """Add up a period; `end` is not in it.

    :raises Invalid: it ends before it begins, or is too long.
    """
    if not start < end <= start + LONGEST:
        raise Invalid(_wrong("to", "After the first day, and at most two years."))
    found = statistics.between(core, site, start, end)
    sums: Counter[Count] = sum(found.values(), Counter[Count]())
    actions = _actions(sums)
    restricted = [one for one in actions if one.action in RESTRICTING]
    return Report(
        site=site.name,
        start=start,
        end=end,
        comments=sums[Count(CountKind.ARRIVED)],
        notices={c.subject: n for c, n in sorted(sums.items()) if c.kind is CountKind.NOTICE},
        actions=actions,
        automated=sum(one.number for one in restricted if one.by == Actor.MACHINE),
        restricted=sum(one.number for one in restricted),
        notice_to_action=_median(sums, CountKind.NOTICE_WAIT),
        held_to_decision=_median(sums, CountKind.WAIT),
        appeals=sum(n for c, n in sums.items() if c.kind is CountKind.APPEAL),
        upheld=sums[Count(CountKind.ANSWER, subject="upheld")],
        declined=sums[Count(CountKind.ANSWER, subject="declined")],
        appeal_to_answer=_median(sums, CountKind.ANSWER_WAIT),
        decided_by_machine=sum(
            sums[Count(CountKind.MACHINE, status)] for status in ("approved", "rejected")
        ),
        # What was taken back may have been decided before the period began.
        overturned=max(
            0,
            sums[Count(CountKind.VERDICT, "rejected", subject="kept")]
            + sums[Count(CountKind.VERDICT, "approved", subject="refused")],
        ),
    )


def lines(of: Report) -> list[tuple[str, str, str, int | float | None]]:
    """Write a report line by line: section, what, ground, number."""
    rows: list[tuple[str, str, str, int | float | None]] = [
        ("period", "from", of.start.date().isoformat(), None),
        ("period", "to", (of.end - timedelta(days=1)).date().isoformat(), None),
        ("comments", "received", "", of.comments),
        *(("notices", reason, "", number) for reason, number in of.notices.items()),
        *((f"actions by {one.by}", one.action, one.ground, one.number) for one in of.actions),
        ("automated means", "restrictions by machine alone", "", of.automated),
        ("automated means", "restrictions", "", of.restricted),
        ("automated means", "share", "", of.automated_share),
        ("automated means", "decisions of the machine alone", "", of.decided_by_machine),
        ("automated means", "of these overturned by people", "", of.overturned),
        ("automated means", "error rate", "", of.error_rate),
        ("median seconds", "from notice to action", "", of.notice_to_action),
        ("median seconds", "from held to decision", "", of.held_to_decision),
        ("median seconds", "from appeal to answer", "", of.appeal_to_answer),
        ("appeals", "lodged", "", of.appeals),
        ("appeals", "upheld", "", of.upheld),
        ("appeals", "declined", "", of.declined),
    ]
    return rows


def _actions(sums: Counter[Count]) -> list[Taken]:
    taken = []
    for name, number in sums.items():
        if name.kind is CountKind.ACTION and number > 0:
            taken.append(Taken(name.who, name.status, name.subject, number))
    return sorted(taken, key=lambda one: (one.by, one.action, -one.number, one.ground))


def _median(sums: Counter[Count], kind: CountKind) -> float | None:
    found = waits.quantile(buckets(sums, kind), 0.5)
    return found.total_seconds() if found else None


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
