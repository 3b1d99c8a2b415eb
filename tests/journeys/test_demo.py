"""The demo at the first start: comments to read, comments to decide, and only once."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.serving import Running, start
from service.demo import NAME, town
from service.demo.talk import TALKS
from service.demo.town import Town
from service.domain.comment import Status
from service.domain.site import Site
from service.store.comments import unjudged
from service.store.site import sites

SAID = sum(len(talk.remarks) for talk in TALKS)


def homes(running: Running) -> dict[Status, int]:
    record = running.core.at(NAME)
    return {status: running.core.redis.zcard(record.keys.home(status)) for status in Status}


@dataclass(frozen=True)
class Starts:
    """What there is after the first start of a new installation, and after the second."""

    first: dict[Status, int]
    second: dict[Status, int]
    counts: bytes
    flagged: int


@pytest.fixture(scope="module")
def starts(fetch) -> Starts:
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        running = start(Path(folder) / "data")
        first = homes(running)
        counts = fetch(f"{running.url}/api/v1/sites/{NAME}/counts?thread={running.demo_url}")
        flagged = running.core.redis.zcard(running.core.at(NAME).keys.flagged())
        assert running.stop() == 0
        again = start(Path(folder) / "data", "--demo")
        second = homes(again)
        assert again.stop() == 0
    return Starts(first, second, counts, flagged)


def test_people_speak_at_the_first_start_and_not_again(starts: Starts):
    assert starts.second == starts.first
    assert sum(starts.first.values()) == SAID
    assert starts.first[Status.APPROVED] > SAID / 2
    # The machine itself holds the rude comment and rejects the advertisement.
    assert starts.first[Status.HELD] >= 2
    assert starts.first[Status.REJECTED] >= 1


def test_they_answer_vote_and_report(starts: Starts):
    assert b'"up":12' in starts.counts.replace(b" ", b"")
    assert starts.flagged == 1


def test_where_nobody_judges_it_is_left_unfinished(core, redis, monkeypatch, capsys):
    monkeypatch.setattr(town, "PATIENCE", 0.05)
    sites.put(redis, Site(name=NAME, origins=("http://localhost:8000",)))
    Town(core, 8000).speak()
    assert unjudged.count(core.at(NAME)) == 1
    assert "demo left unfinished" in capsys.readouterr().out


def test_everybody_else_needs_a_code(core, redis):
    before = Site(name=NAME, origins=("http://localhost:8000",))
    sites.put(redis, before)
    Town(core, 8000)
    assert sites.get(redis, NAME) == before


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.slug or "tram-bridge")
def test_answers_are_to_what_was_said_before(talk):
    for number, remark in enumerate(talk.remarks):
        assert remark.answers is None or remark.answers < number
