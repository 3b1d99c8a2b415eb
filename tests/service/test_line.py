"""Threads that answer requests: how many work at once, and who is refused in a standing line."""

import asyncio
import sys
import time
from http import HTTPStatus
from threading import Event, Thread

import pytest

from service.web.door.crew import LOOK, SHORT_TURN, USUAL_TURN, Crew
from service.web.door.crowd import CURT, HASTY, PATIENT, STANDING, WINDOW, Crowd
from service.web.door.entrant import Entrant
from service.web.door.line import Line


class Hands:
    """A clock and a processor that are set by hand."""

    def __init__(self):
        self.now = self.used = 0.0

    def pass_by(self, share):
        self.now += 2 * LOOK
        self.used += 2 * LOOK * share


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def crew(hands):
    crew = Crew(8, lambda: hands.now, lambda: hands.used)
    yield crew
    crew.relax()


def pressed(crew, hands, *shares):
    """Return how many work after each look."""
    working = []
    for share in shares:
        hands.pass_by(share)
        crew.steer(is_flood=True)
        working.append(crew.working)
    return working


def test_a_busy_process_lets_fewer_work_but_always_one(crew, hands):
    assert pressed(crew, hands, 1.0, 0.9, 1.2, 1.0) == [4, 2, 1, 1]


def test_a_process_that_waits_for_its_store_lets_more_work(crew, hands):
    pressed(crew, hands, 1.0, 1.0)
    assert pressed(crew, hands, *[0.2] * 8) == [3, 4, 5, 6, 7, 8, 8, 8]


def test_between_busy_and_idle_nothing_changes(crew, hands):
    assert pressed(crew, hands, 1.0, 0.7, 0.7) == [4, 4, 4]


def test_a_look_that_comes_too_soon_changes_nothing(crew, hands):
    hands.now, hands.used = LOOK / 2, LOOK / 2
    crew.steer(is_flood=True)
    assert crew.working == 8


def test_turns_are_short_only_under_pressure(crew, hands):
    pressed(crew, hands, 1.0)
    assert sys.getswitchinterval() == pytest.approx(SHORT_TURN)
    crew.steer(is_flood=False)
    assert sys.getswitchinterval() == pytest.approx(USUAL_TURN)


def test_who_is_not_at_work_waits_until_it_is_calm(crew, hands):
    pressed(crew, hands, 1.0)
    crew.wait(3)
    waiting = Thread(target=crew.wait, args=(4,), daemon=True)
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    crew.steer(is_flood=False)
    waiting.join(10)
    assert not waiting.is_alive()


class Head(dict):
    """The head of a request, as the server shows it."""

    def get_all(self, name):
        return [self[name]] if name in self else []


class Scope:
    """A request of a reader, as the server describes it."""

    method, path, query_string, http_version = "GET", "/api/v1/sites/news/counts", "", "1.1"
    scheme, authority, client, server = "http", None, "203.0.113.7:4711", "127.0.0.1:8080"
    headers = Head(host="comments.example")


class Exchange:
    """The server's end of a request; keeps what was answered."""

    def __init__(self):
        self.status = None

    def response_bytes(self, status, headers, body):
        self.status = status


def entrant():
    loop = asyncio.new_event_loop()
    over = loop.create_future()
    loop.close()
    now = time.monotonic()
    return Entrant(
        Scope(), Scope.headers, Exchange(), "203.0.113.7", b"", 0, "203.0.113.7", now, over
    )


@pytest.fixture
def gate():
    """Opens for all requests that are being answered."""
    return Event()


@pytest.fixture
def line(gate):
    def app(environ, start_response):
        gate.wait(30)
        start_response("200 OK", [])
        return [b""]

    line = Line(app, 2, 0, lambda entrant: None)
    line.start()
    yield line
    gate.set()
    line.stop()


def test_a_crowd_that_comes_and_goes_may_wait():
    assert Crowd(0.0).patience(STANDING / 2) == PATIENT


def test_in_a_standing_line_patience_is_short_until_it_is_empty():
    crowd = Crowd(0.0)
    assert crowd.patience(STANDING) == HASTY
    crowd.clear(STANDING)
    assert crowd.patience(STANDING) == PATIENT


def test_a_few_who_are_refused_make_no_flood():
    crowd = Crowd(0.0)
    for _ in range(10):
        crowd.answer(0.1)
        crowd.refuse(0.1)
    assert not crowd.is_flood(0.1)


def test_when_most_are_refused_it_is_a_flood_until_they_are_few_again():
    crowd = Crowd(0.0)
    crowd.answer(0.1)
    for _ in range(10):
        crowd.refuse(0.1)
    assert crowd.patience(0.1) == CURT
    later = 0.1 + 2 * WINDOW
    crowd.answer(later)
    crowd.refuse(later)
    assert not crowd.is_flood(later)


def test_who_waited_for_too_long_is_refused_and_then_the_next_one_is_let_in(line, gate, waiting):
    crowd = [entrant() for _ in range(6)]
    for one in crowd:
        line.join(one)
    assert line.refusal("203.0.113.9") is None
    time.sleep(STANDING + HASTY)
    gate.set()
    waiting("all to be answered", lambda: all(one.protocol.status for one in crowd))
    assert [one.protocol.status for one in crowd[:2]] == [HTTPStatus.OK] * 2
    assert crowd[2].protocol.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert line.refusal("203.0.113.9") is None
    line.join(late := entrant())
    waiting("an answer", lambda: late.protocol.status)
    assert late.protocol.status == HTTPStatus.OK


def test_a_short_line_is_served_whole(line, gate, waiting):
    gate.set()
    crowd = [entrant() for _ in range(50)]
    for one in crowd:
        line.join(one)
    waiting("all to be answered", lambda: all(one.protocol.status for one in crowd))
    assert {one.protocol.status for one in crowd} == {HTTPStatus.OK}
