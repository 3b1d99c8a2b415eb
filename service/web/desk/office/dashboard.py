"""The dashboard: how the desk is doing, in charts that are also tables."""

from datetime import timedelta

from flask import Blueprint, render_template, request

from service.desk.office import dashboard
from service.desk.office.dashboard import Column, Insight, Period
from service.domain.counts import Count, CountKind
from service.web.desk.account import visits
from service.web.desk.office import charts
from service.web.desk.office.charts import Chart, Series
from service.web.desk.queue import reasons
from service.web.http import caller

bp = Blueprint("dashboard", __name__)

NAMES = {
    Period.DAY: "24 hours",
    Period.WEEK: "7 days",
    Period.MONTH: "30 days",
    Period.QUARTER: "90 days",
}


@bp.get("/<site>/dashboard")
def get_dashboard(site: str) -> str:
    """Show how a site's desk is doing."""
    moderator, period = visits.present()[0], _period()
    found = dashboard.look(caller.core(), caller.site(), moderator, period)
    return render_template(
        "review/dashboard.html",
        site=caller.site(),
        moderator=moderator,
        found=found,
        periods=NAMES,
        figures=_figures(found),
        charts=_charts(found),
        in_words=reasons.in_words,
        lasting=lasting,
    )


def lasting(wait: timedelta | None) -> str:
    """Say how long something took."""
    if wait is None:
        return "–"
    seconds = wait.total_seconds()
    for size, name in ((86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {name}"
    return f"{seconds:.0f} s"


def _figures(found: Insight) -> list[tuple[str, str, str]]:
    total = found.total
    return [
        ("Comments", f"{total.of(Count(CountKind.ARRIVED)):,}", "came in"),
        ("By machine", _percent(total.by_machine, total.by_people), "of what was decided"),
        ("Agreement", _percent(total.agreed, total.disagreed), "where people looked too"),
        ("Median wait", lasting(found.median), f"nine in ten within {lasting(found.ninetieth)}"),
        ("Waiting now", f"{sum(n for _, n in found.ages):,}", f"oldest {lasting(found.oldest)}"),
    ]


def _charts(found: Insight) -> list[Chart]:
    labels = [_label(column, found.period) for column in found.columns]
    unit = "hour" if found.period is Period.DAY else "day"
    return [_flow(found, labels, unit), _people(found, labels, unit), _shares(found, labels, unit)]


def _flow(found: Insight, labels: list[str], unit: str) -> Chart:
    return charts.stacked(
        "flow",
        f"What became of comments, per {unit}",
        f"What the machine published, refused and left to people, per {unit}.",
        labels,
        [
            Series("published by machine", "accent", _values(found, CountKind.MACHINE, "approved")),
            Series("left to people", "wait", _values(found, CountKind.MACHINE, "held")),
            Series("refused by machine", "bad", _values(found, CountKind.MACHINE, "rejected")),
        ],
    )


def _people(found: Insight, labels: list[str], unit: str) -> Chart:
    return charts.stacked(
        "people",
        f"What people decided, per {unit}",
        f"Decisions of moderators per {unit}.",
        labels,
        [
            Series("approved", "accent", _values(found, CountKind.PERSON, "approved")),
            Series("refused", "bad", _values(found, CountKind.PERSON, "rejected", "removed")),
        ],
    )


def _shares(found: Insight, labels: list[str], unit: str) -> Chart:
    by_machine = [_share(column.by_machine, column.by_people) for column in found.columns]
    agreed = [_share(column.agreed, column.disagreed) for column in found.columns]
    return charts.lines(
        "shares",
        f"Machine and people, per {unit}",
        "The share that the machine decided by itself, and how often people came to its view "
        "where they looked too.",
        labels,
        [
            Series("decided by machine", "accent", by_machine),
            Series("people agreed", "ink", agreed),
        ],
    )


def _values(found: Insight, kind: CountKind, *statuses: str) -> list[float | None]:
    counts = [Count(kind, status) for status in statuses]
    return [float(column.of(*counts)) for column in found.columns]


def _share(part: int, rest: int) -> float | None:
    return 100 * part / (part + rest) if part + rest else None


def _percent(part: int, rest: int) -> str:
    share = _share(part, rest)
    return "–" if share is None else f"{share:.0f} %"


def _label(column: Column, period: Period) -> str:
    return column.start.strftime("%H:00" if period is Period.DAY else "%-d %b")


def _period() -> Period:
    asked = request.args.get("period", "")
    return Period(asked) if asked in list(Period) else Period.WEEK
