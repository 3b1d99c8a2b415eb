"""The transparency report of a period: a page, and the same as CSV and JSON."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, render_template, request

from service.desk.office import report_files, transparency
from service.desk.office.transparency import Report
from service.domain.errors import Invalid
from service.web.desk.account import visits
from service.web.desk.office import audit, dashboard
from service.web.desk.queue import reasons
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
    """Show the report of a period; last month's, if none is asked for."""
    start, last = _period()
    try:
        found, fault = _report(), ""
    except Invalid as wrong:
        found, fault = None, wrong.faults[0].detail
    page = render_template(
        "review/report.html",
        site=caller.site(),
        moderator=visits.present()[0],
        found=found,
        fault=fault,
        start=start.date(),
        last=last.date(),
        notices=NOTICES,
        in_words=reasons.in_words,
        lasting=lambda seconds: dashboard.lasting(
            None if seconds is None else timedelta(seconds=seconds)
        ),
    )
    return make_response(page, 422 if fault else 200)


@bp.get("/<site>/report.csv")
def get_csv(site: str) -> Response:
    """Give the report as CSV."""
    return _file(report_files.as_csv(_report()), "text/csv", f"{site}-report.csv")


@bp.get("/<site>/report.json")
def get_json(site: str) -> Response:
    """Give the report as JSON."""
    return _file(report_files.as_json(_report()), "application/json", f"{site}-report.json")


def _report() -> Report:
    start, last = _period()
    return transparency.report(caller.core(), caller.site(), start, last + DAY)


def _period() -> tuple[datetime, datetime]:
    start = audit.day(request.args.get("from", ""))
    last = audit.day(request.args.get("to", ""))
    today = caller.core().now().replace(hour=0, minute=0, second=0, microsecond=0)
    before = today.replace(day=1) - DAY
    return start or before.replace(day=1), last or (today if start else before)


def _file(text: str, kind: str, name: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=named, content_type=f"{kind}; charset=utf-8")
