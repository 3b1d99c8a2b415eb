"""The log at the desk: any day can be shown, and a download is complete and harmless."""

import csv
import io
import json

import pytest

from service.app import create_app
from service.desk.office import audit
from tests.past import Past
from tests.web.person import Person


@pytest.fixture
def ines(core, news):
    Past(core, news).happen(20, 1)
    return Person(core, create_app(core).test_client(), "ines").join()


@pytest.mark.parametrize(
    "asked",
    [
        "from=0001-01-01",
        "to=9999-12-31",
        "from=0001-01-01&to=9999-12-31",
        "from=1969-12-31",
        "from=banana",
        "from=2026-02-30",
    ],
)
@pytest.mark.parametrize("page", ["log", "log.csv", "log.jsonl"])
def test_a_day_that_nobody_can_mean_hides_nothing(ines, page, asked):
    answer = ines.get(f"news/{page}?{asked}")
    assert answer.status_code == 200
    assert "approved" in answer.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("from=0001-01-01&to=0001-02-01", 200),
        ("to=9999-12-31", 422),
        ("from=9999-12-31&to=9999-12-31", 200),
    ],
)
def test_a_report_takes_any_day(ines, asked, status):
    assert ines.get(f"news/report?{asked}").status_code == status


@pytest.mark.parametrize("page", ["log.csv", "log.jsonl"])
def test_a_file_that_does_not_hold_everything_says_so(ines, monkeypatch, page):
    def rows():
        lines = ines.get(f"news/{page}").text.splitlines()
        return list(csv.DictReader(lines)) if page == "log.csv" else list(map(json.loads, lines))

    assert "cut" not in {row["what"] for row in rows()}
    monkeypatch.setattr(audit, "MOST_EXPORTED", 5)
    *five, last = rows()
    assert (len(five), last["what"], last["at"]) == (5, "cut", five[-1]["at"])
    assert "ask for earlier days" in last["why"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_that_somebody_wrote_becomes_a_formula(core, ines, start):
    formula = f"{start}cmd|' /C calc'!A0"
    row = {"comment": "c", "old": "approved", "new": "rejected", "by": "ines", "why": formula}
    row |= {"scores": "", "reasons": "", "model": "", "prev": ""}
    core.redis.xadd(core.at("news").keys.log(), row)
    today = core.now().date()
    for file in ("log.csv", f"report.csv?from={today}&to={today}"):
        sheet = io.StringIO(ines.get(f"news/{file}").text, newline="")
        cells = {cell for line in csv.reader(sheet) for cell in line}
        assert f"'{formula}" in cells
        assert formula not in cells
