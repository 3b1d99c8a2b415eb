"""Akismet's key-sites: the web sites that used a key in a month, as JSON or CSV."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify

from service.clients import meter
from service.core import Core
from service.domain.key import ApiKey

MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
MOST = 500
COLUMNS = {
    "total": "calls",
    "spam": "spam",
    "ham": "ham",
    "missed_spam": "missed",
    "false_positives": "false",
}
HEADINGS = ("Site", "Total API Calls", "Spam", "Ham", "Missed Spam", "False Positives")


def answer(core: Core, key: ApiKey, given: Mapping[str, str]) -> Response:
    """List web sites in the requested order, number and format."""
    month = given.get("month", "")
    month = month if MONTH.fullmatch(month) else f"{core.now():%Y-%m}"
    by_host = meter.by_host(core, key, month)
    shown = [host for host in _ordered(by_host, given.get("order", "")) if _fits(host, given)]
    limit, offset = min(MOST, _number(given, "limit", MOST)), _number(given, "offset", 0)
    rows = [(host, by_host[host]) for host in shown[offset : offset + limit]]
    if given.get("format", "").lower() == "csv":
        return _csv(rows)
    listed = {month: [_row(host, counts) for host, counts in rows]}
    return jsonify(listed | {"limit": limit, "offset": offset, "total": len(shown)})


def _ordered(by_host: dict[str, Counter[str]], order: str) -> list[str]:
    column = COLUMNS.get(order, "calls")
    return sorted(by_host, key=lambda host: (-by_host[host][column], host))


def _fits(host: str, given: Mapping[str, str]) -> bool:
    return given.get("filter", "").lower() in host


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number else default


def _row(host: str, counts: Counter[str]) -> dict[str, Any]:
    return {
        "site": host,
        "api_calls": str(counts["calls"]),
        "spam": str(counts["spam"]),
        "ham": str(counts["ham"]),
        "missed_spam": str(counts["missed"]),
        "false_positives": str(counts["false"]),
        "is_revoked": False,
    }


def _csv(rows: list[tuple[str, Counter[str]]]) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(
        (host, *(counts[column] for column in COLUMNS.values())) for host, counts in rows
    )
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8")
