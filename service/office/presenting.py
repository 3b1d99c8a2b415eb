"""Write a transparency report as files: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from dataclasses import asdict

from service.office import reporting
from service.office.reporting import Report

HEADS = ("section", "what", "ground", "number")


def as_csv(of: Report) -> str:
    """Write a report as CSV, one number a line."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEADS)
    for section, what, ground, number in reporting.lines(of):
        # A reason is free text: a spreadsheet must not take it for a formula.
        safe = f"'{ground}" if ground[:1] in ("=", "+", "-", "@", "\t") else ground
        shown = "" if number is None else f"{number:.4g}" if isinstance(number, float) else number
        sheet.writerow([section, what, safe, shown])
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
