"""Write a transparency report as files: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from dataclasses import asdict

from service.desk.office import transparency
from service.desk.office.transparency import Report

HEADS = ("section", "what", "ground", "number")


def plain(cell: str) -> str:
    """Keep a spreadsheet from taking what somebody has written for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def as_csv(of: Report) -> str:
    """Write a report as CSV, one number a line."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEADS)
    for section, what, ground, number in transparency.lines(of):
        shown = "" if number is None else f"{number:.4g}" if isinstance(number, float) else number
        sheet.writerow([section, what, plain(ground), shown])
    return out.getvalue()


def as_json(of: Report) -> str:
    """Write a report as JSON."""
    told = asdict(of) | {
        "start": of.start.date().isoformat(),
        "end": of.end.date().isoformat(),
        "automated_share": of.automated_share,
        "error_rate": of.error_rate,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
