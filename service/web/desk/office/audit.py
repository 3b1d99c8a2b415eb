"""The log of a site, with filters, as a page, CSV or JSON lines."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from flask import Blueprint, Response, render_template, request

from service.desk.office import audit, report_files
from service.desk.office.audit import EventKind, LogEvent, LogFilters
from service.web.desk.account import visits
from service.web.desk.office import days
from service.web.http import caller

bp = Blueprint("audit", __name__)

COLUMNS = ("at", "what", "who", "about", "old", "new", "why")
WORDS = {
    EventKind.STATUS: "statuses",
    EventKind.POLICY: "the policy",
    EventKind.NOTICE: "reports of readers",
    EventKind.APPEAL: "appeals",
    EventKind.AUTHOR: "authors",
    EventKind.ARTICLE: "articles",
    EventKind.ACCOUNT: "accounts",
}


@bp.get("/<site>/log")
def get_log(site: str) -> str:
    """Show one page of the log."""
    cursor = request.args.get("cursor", "")[:60]
    moderator = visits.moderator()
    page = audit.read_page(caller.core(), caller.site(), moderator, _filters(), cursor)
    return render_template(
        "review/log.html",
        page=page,
        kinds={kind: words for kind, words in WORDS.items() if _is_shown(kind)},
        asked={
            name: request.args.get(name, "")
            for name in ("who", "what", "about", "from", "to", "people")
        },
    )


@bp.get("/<site>/log.csv")
def get_csv(site: str) -> Response:
    """Return the log as CSV."""
    return _file(_csv(_rows()), "text/csv", f"{site}-log.csv")


@bp.get("/<site>/log.jsonl")
def get_jsonl(site: str) -> Response:
    """Return the log as JSON lines."""
    rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in _rows())
    return _file(rows, "application/jsonl", f"{site}-log.jsonl")


def _rows() -> list[dict[str, str]]:
    export = audit.export(caller.core(), caller.site(), visits.moderator(), _filters())
    rows = [_row(event) for event in export.events]
    return [*rows, _cut(export.back_to)] if export.back_to else rows


def _filters() -> LogFilters:
    args = request.args
    end = days.read(args.get("to", ""))
    kind = args.get("what", "")
    return LogFilters(
        who=args.get("who", "").strip()[:60],
        people=args.get("people") == "yes",
        what=EventKind(kind) if kind in list(EventKind) else None,
        about=args.get("about", "").strip().rpartition("comment-")[2][:60],
        start=days.read(args.get("from", "")),
        end=end + timedelta(days=1) if end else None,
    )


def _is_shown(kind: EventKind) -> bool:
    return kind is not EventKind.ACCOUNT or visits.moderator().may_rule


def _row(event: LogEvent) -> dict[str, str]:
    return {"at": event.at.isoformat(), **{name: str(getattr(event, name)) for name in COLUMNS[1:]}}


def _cut(back_to: datetime) -> dict[str, str]:
    """Return the last row of an incomplete file."""
    detail = f"More than {audit.MOST_EXPORTED} events: for those before this, ask for earlier days"
    return dict.fromkeys(COLUMNS, "") | {"at": back_to.isoformat(), "what": "cut", "why": detail}


def _csv(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\r\n"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([report_files.plain(cell) for cell in row.values()])
        yield line.getvalue()


def _file(rows: Iterable[str], kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(rows, headers=headers, content_type=f"{kind}; charset=utf-8")
