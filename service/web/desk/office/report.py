"""The transparency report of a period, as a page, CSV or JSON."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, render_template, request

from service.desk.office import report_files, transparency
from service.desk.office.transparency import TransparencyReport
from service.domain.errors import Invalid
from service.web.desk.office import days, durations
from service.web.http import caller

bp = Blueprint("report", __name__)

DAY = timedelta(days=1)
NOTICES = {
    "illegal": "Illegal content (Art. 16)",
    "abuse": "Hurtful or hateful",
    "spam": "Advertising",
    "off-topic": "Off topic",
    "false": "Not true",
    "other": "Something else",
}


@bp.get("/<site>/report")
def get_report(site: str) -> Response:
    """Show the report of a period, by default last month."""
    start, last = _period()
    try:
        report, fault = _report(), ""
    except Invalid as wrong:
        report, fault = None, wrong.faults[0].detail
    page = render_template(
        "review/report.html",
        report=report,
        fault=fault,
        start=start.date(),
        last=last.date(),
        notices=NOTICES,
        duration=_duration,
    )
    return make_response(page, 422 if fault else 200)


@bp.get("/<site>/report.csv")
def get_csv(site: str) -> Response:
    """Return the report as CSV."""
    return _file(report_files.as_csv(_report()), "text/csv", f"{site}-report.csv")


@bp.get("/<site>/report.json")
def get_json(site: str) -> Response:
    """Return the report as JSON."""
    return _file(report_files.as_json(_report()), "application/json", f"{site}-report.json")


def _duration(seconds: float | None) -> str:
    return durations.write(None if seconds is None else timedelta(seconds=seconds))


def _report() -> TransparencyReport:
    start, last = _period()
    return transparency.make_report(caller.core(), caller.site(), start, last + DAY)


def _period() -> tuple[datetime, datetime]:
    start = days.read(request.args.get("from", ""))
    last = days.read(request.args.get("to", ""))
    today = caller.core().now().replace(hour=0, minute=0, second=0, microsecond=0)
    before = today.replace(day=1) - DAY
    return start or before.replace(day=1), last or (today if start else before)


def _file(text: str, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, content_type=f"{kind}; charset=utf-8")
