"""The log of a site: who did what, found by filters, taken along as CSV or JSON lines."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, render_template, request

from service.desk.office import audit, report_files
from service.desk.office.audit import Event, Filters, What
from service.web.api import present
from service.web.desk.account import visits
from service.web.desk.queue import reasons
from service.web.http import caller

bp = Blueprint("audit", __name__)

# The clocks of the store begin and ours end; nothing of ours lies beyond.
FIRST_DAY, LAST_DAY = datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
HEADS = ("at", "what", "who", "about", "old", "new", "why")
WORDS = {
    What.STATUS: "statuses",
    What.POLICY: "the policy",
    What.NOTICE: "reports of readers",
    What.APPEAL: "appeals",
    What.AUTHOR: "authors",
    What.ACCOUNT: "accounts",
}


@bp.get("/<site>/log")
def get_log(site: str) -> str:
    """Show a page of the log."""
    moderator, filters = visits.present()[0], _filters()
    cursor = request.args.get("cursor", "")[:60]
    page = audit.look(caller.core(), caller.site(), moderator, filters, cursor)
    return render_template(
        "review/log.html",
        site=caller.site(),
        moderator=moderator,
        page=page,
        kinds={kind: words for kind, words in WORDS.items() if _is_shown(kind)},
        asked={
            name: request.args.get(name, "")
            for name in ("who", "what", "about", "from", "to", "people")
        },
        in_words=reasons.in_words,
        since=present.since,
        now=caller.core().now(),
    )


@bp.get("/<site>/log.csv")
def get_csv(site: str) -> Response:
    """Give the log as CSV."""
    return _file(_csv(_rows()), "text/csv", f"{site}-log.csv")


@bp.get("/<site>/log.jsonl")
def get_jsonl(site: str) -> Response:
    """Give the log as JSON lines."""
    rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in _rows())
    return _file(rows, "application/jsonl", f"{site}-log.jsonl")


def day(text: str) -> datetime | None:
    """Read a day; what is none counts as not given, what nobody can mean as the nearest one."""
    try:
        found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    return min(max(found, FIRST_DAY), LAST_DAY)


def _rows() -> list[dict[str, str]]:
    found = audit.export(caller.core(), caller.site(), visits.present()[0], _filters())
    rows = [_row(event) for event in found.events]
    return [*rows, _cut(found.back_to)] if found.back_to else rows


def _filters() -> Filters:
    args = request.args
    end = day(args.get("to", ""))
    kind = args.get("what", "")
    return Filters(
        who=args.get("who", "").strip()[:60],
        people=args.get("people") == "yes",
        what=What(kind) if kind in list(What) else None,
        about=args.get("about", "").strip().rpartition("comment-")[2][:60],
        start=day(args.get("from", "")),
        end=end + timedelta(days=1) if end else None,
    )


def _is_shown(kind: What) -> bool:
    return kind is not What.ACCOUNT or visits.present()[0].may_rule


def _row(event: Event) -> dict[str, str]:
    return {"at": event.at.isoformat(), **{name: str(getattr(event, name)) for name in HEADS[1:]}}


def _cut(back_to: datetime) -> dict[str, str]:
    """Make the last row of a file that does not hold everything."""
    says = f"More than {audit.MOST_EXPORTED} events: for those before this, ask for earlier days"
    return dict.fromkeys(HEADS, "") | {"at": back_to.isoformat(), "what": "cut", "why": says}


def _csv(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    yield ",".join(HEADS) + "\r\n"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([report_files.plain(cell) for cell in row.values()])
        yield line.getvalue()


def _file(rows: Iterable[str], kind: str, name: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(rows, headers=named, content_type=f"{kind}; charset=utf-8")
