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
    found = hours.between(core, site, start, end)
    sums: Counter[str] = sum(found.values(), Counter[str]())
    actions = _actions(sums)
    restricted = [one for one in actions if one.action in RESTRICTING]
    return Report(
        site=site.name,
        start=start,
        end=end,
        comments=sums["arrived"],
        notices={name[7:]: n for name, n in sorted(sums.items()) if name.startswith("notice ")},
        actions=actions,
        automated=sum(one.number for one in restricted if one.by == Actor.MACHINE),
        restricted=sum(one.number for one in restricted),
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


def _actions(sums: Counter[str]) -> list[Taken]:
    taken = []
    for name, number in sums.items():
        kind, _, rest = name.partition(" ")
        if kind == "action" and number > 0:
            by, action, ground = rest.split(" ", 2)
            taken.append(Taken(by, action, ground, number))
    return sorted(taken, key=lambda one: (one.by, one.action, -one.number, one.ground))


def _median(sums: Counter[str], name: str) -> float | None:
    found = waits.quantile(buckets(sums, name), 0.5)
    return found.total_seconds() if found else None


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
