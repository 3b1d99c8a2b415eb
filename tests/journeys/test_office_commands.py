"""Office commands: the transparency report, and resetting or removing accounts."""

import csv
import io
import json
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.serving import environment
from service.core import utc_now


@pytest.fixture(scope="module")
def folkmoot():
    # Paths in pytest's folder are too long for a socket.
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:

        def folkmoot(*argv):
            return subprocess.run(
                [sys.executable, "-m", "service.cli", *argv],
                env=environment(Path(folder) / "data"),
                capture_output=True,
                text=True,
                timeout=60,
            )

        yield folkmoot


@pytest.fixture(scope="module")
def town(folkmoot):
    folkmoot("site", "add", "town", "--origin", "https://town.example")
    return "town"


def test_a_report_is_written_for_people_and_for_programs(folkmoot, town):
    today = utc_now().date()
    period = ("--site", town, "--from", str(today - timedelta(days=30)), "--to", str(today))
    rows = list(csv.reader(io.StringIO(folkmoot("report", *period).stdout)))
    assert rows[0] == ["section", "what", "ground", "number"]
    assert ["comments", "received", "", "0"] in rows
    assert json.loads(folkmoot("report", *period, "--json").stdout)["comments"] == 0


@pytest.mark.parametrize(
    ("start", "last", "said"),
    [
        ("2026-02-01", "2026-01-01", "before --from"),
        ("2020-01-01", "2026-01-01", "two years"),
        ("soon", "2026-01-01", "soon"),
    ],
)
def test_a_period_that_is_none_is_one_clear_line(folkmoot, town, start, last, said):
    done = folkmoot("report", "--site", town, "--from", start, "--to", last)
    assert done.returncode
    assert said in done.stderr


def test_a_reset_gives_a_link_and_unknown_names_are_named(folkmoot):
    assert "/review/welcome/" in folkmoot("moderator", "add", "ann").stdout
    assert "/review/welcome/" in folkmoot("moderator", "reset", "ann").stdout
    assert "removed ann" in folkmoot("moderator", "remove", "ann").stdout
    for what in ("reset", "remove"):
        done = folkmoot("moderator", what, "ann")
        assert done.returncode == 1
        assert "there is no moderator 'ann'" in done.stderr


def test_a_site_is_not_called_like_a_page_of_the_desk(folkmoot):
    done = folkmoot("site", "add", "people", "--origin", "https://x.example")
    assert "the desk has a page of that name" in done.stderr


def test_a_change_by_command_is_logged(folkmoot, town, tmp_path):
    file = tmp_path / "policy.json"
    file.write_text('{"max_links": 1}')
    assert json.loads(folkmoot("site", "policy", town, "--set", str(file)).stdout)["max_links"] == 1
    file.write_text('{"max_links": -1, "blocked_words": ["/(/"]}')
    done = folkmoot("site", "policy", town, "--set", str(file))
    assert done.returncode == 1
    assert "max_links" in done.stderr
    assert "blocked_words" in done.stderr
