"""Transparency reports as files: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from dataclasses import asdict

from service.desk.office import transparency
from service.desk.office.transparency import TransparencyReport

HEADINGS = ("section", "what", "ground", "number")


def plain(cell: str) -> str:
    """Quote a cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def as_csv(report: TransparencyReport) -> str:
    """Write a report as CSV, one number per line."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEADINGS)
    for section, what, ground, number in transparency.lines(report):
        shown = "" if number is None else f"{number:.4g}" if isinstance(number, float) else number
        sheet.writerow([section, what, plain(ground), shown])
    return out.getvalue()


def as_json(report: TransparencyReport) -> str:
    """Write a report as JSON."""
    content = asdict(report) | {
        "start": report.start.date().isoformat(),
        "end": report.end.date().isoformat(),
        "automated_share": report.automated_share,
        "error_rate": report.error_rate,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
