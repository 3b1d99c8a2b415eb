"""The dashboard page, with charts that are also tables."""

from flask import Blueprint, render_template, request

from service.desk.office import dashboard
from service.desk.office.dashboard import Column, Dashboard, Period
from service.domain.counts import Count, CountKind
from service.web.desk.account import visits
from service.web.desk.office import charts, durations
from service.web.desk.office.charts import Chart, Series
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
    """Show the dashboard of a site."""
    moderator = visits.moderator()
    numbers = dashboard.open_dashboard(caller.core(), caller.site(), moderator, _period())
    return render_template(
        "review/dashboard.html",
        dashboard=numbers,
        periods=NAMES,
        figures=_figures(numbers),
        charts=_charts(numbers),
    )


def _figures(numbers: Dashboard) -> list[tuple[str, str, str]]:
    total = numbers.total
    ninetieth, oldest = durations.write(numbers.ninetieth), durations.write(numbers.oldest)
    return [
        ("Comments", f"{total.count(Count(CountKind.ARRIVED)):,}", "came in"),
        ("By machine", _percent(total.by_machine, total.by_people), "of what was decided"),
        ("Agreement", _percent(total.agreed, total.disagreed), "where people looked too"),
        (
            "Median wait",
            durations.write(numbers.median),
            f"nine in ten within {ninetieth}",
        ),
        (
            "Waiting now",
            f"{sum(count for _, count in numbers.ages):,}",
            f"oldest {oldest}",
        ),
    ]


def _charts(numbers: Dashboard) -> list[Chart]:
    labels = [_label(column, numbers.period) for column in numbers.columns]
    unit = "hour" if numbers.period is Period.DAY else "day"
    return [
        _flow(numbers, labels, unit),
        _people(numbers, labels, unit),
        _shares(numbers, labels, unit),
    ]


def _flow(numbers: Dashboard, labels: list[str], unit: str) -> Chart:
    return charts.stacked(
        "flow",
        f"What became of comments, per {unit}",
        f"What the machine published, refused and left to people, per {unit}.",
        labels,
        [
            Series(
                "published by machine", "accent", _values(numbers, CountKind.MACHINE, "approved")
            ),
            Series("left to people", "wait", _values(numbers, CountKind.MACHINE, "held")),
            Series("refused by machine", "bad", _values(numbers, CountKind.MACHINE, "rejected")),
        ],
    )


def _people(numbers: Dashboard, labels: list[str], unit: str) -> Chart:
    return charts.stacked(
        "people",
        f"What people decided, per {unit}",
        f"Decisions of moderators per {unit}.",
        labels,
        [
            Series("approved", "accent", _values(numbers, CountKind.PERSON, "approved")),
            Series("refused", "bad", _values(numbers, CountKind.PERSON, "rejected", "removed")),
        ],
    )


def _shares(numbers: Dashboard, labels: list[str], unit: str) -> Chart:
    by_machine = [_share(column.by_machine, column.by_people) for column in numbers.columns]
    agreed = [_share(column.agreed, column.disagreed) for column in numbers.columns]
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


def _values(numbers: Dashboard, kind: CountKind, *statuses: str) -> list[float | None]:
    counts = [Count(kind, status) for status in statuses]
    return [float(column.count(*counts)) for column in numbers.columns]


def _share(part: int, rest: int) -> float | None:
    return 100 * part / (part + rest) if part + rest else None


def _percent(part: int, rest: int) -> str:
    share = _share(part, rest)
    return "–" if share is None else f"{share:.0f} %"


def _label(column: Column, period: Period) -> str:
    return column.start.strftime("%H:00" if period is Period.DAY else "%-d %b")


def _period() -> Period:
    requested = request.args.get("period", "")
    return Period(requested) if requested in list(Period) else Period.WEEK
