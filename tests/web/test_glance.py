"""Answers on the event loop are those that a thread would give, out of memory alone."""

import pytest
from werkzeug.test import Client, EnvironBuilder

from service.app import create_app
from service.store.comments import turns
from service.web.frame.kept.pages import GRACE, LONGEST, KeptPages
from service.web.http.microcache import Microcache
from tests.factories import ARTICLE

COUNTS = "/api/v1/sites/news/counts"


class Known:
    """What a watch over turns would know."""

    turn = None

    def __call__(self, site):
        return self.turn


@pytest.fixture
def known():
    return Known()


@pytest.fixture
def answers(core, app, known):
    flask = app.wsgi_app._app._app
    return Microcache(flask, lambda s: turns.current(core.at(s)), known=known, clock=lambda: 0.0)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pages(core, answers, known, clock):
    return KeptPages(answers, core, answers._turn, known=known, clock=clock)


def environ(path, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return EnvironBuilder(path, query_string={"thread": ARTICLE}, headers=named).get_environ()


@pytest.fixture
def frozen(core, news):
    """Sites as they were read a moment ago."""
    core.sites._clock = lambda: 0.0


def test_a_page_is_given_once_it_was_made_and_its_turn_is_known(
    core, record, publish, pages, known, frozen
):
    publish()
    asked = environ("/frame/news")
    known.turn = turns.current(record)
    assert pages.glance(asked, "192.0.2.1") is None
    made = Client(pages).get("/frame/news", query_string={"thread": ARTICLE})
    status, headers, body = pages.glance(asked, "192.0.2.1")
    assert (status, len(body)) == (200, len(made.data))
    assert dict(headers) == dict(made.headers)
    known.turn = "another"
    assert pages.glance(asked, "192.0.2.1") is None
    known.turn = None
    assert pages.glance(asked, "192.0.2.1") is None


def test_one_request_makes_a_page_anew_and_others_do_not_wait_for_it(
    record, publish, pages, known, frozen, clock
):
    publish()
    known.turn = turns.current(record)
    asked = environ("/frame/news")
    client = Client(pages)
    for _ in range(2):
        client.get("/frame/news", query_string={"thread": ARTICLE})
        assert pages.glance(asked, "192.0.2.1")
        clock.now += LONGEST
        assert pages.glance(asked, "192.0.2.1") is None
        assert pages.glance(asked, "192.0.2.1")
    clock.now += GRACE
    assert pages.glance(asked, "192.0.2.1") is None


def test_a_page_in_which_something_has_changed_is_not_given_meanwhile(
    record, publish, pages, known, frozen, clock
):
    publish()
    known.turn = turns.current(record)
    Client(pages).get("/frame/news", query_string={"thread": ARTICLE})
    clock.now += LONGEST
    known.turn = "another"
    for _ in range(2):
        assert pages.glance(environ("/frame/news"), "192.0.2.1") is None


@pytest.mark.parametrize("who", [{"Cookie": "reader=x"}, {"Folkmoot_Reader": "x"}], ids=str)
def test_who_is_known_waits_for_a_thread(record, publish, pages, known, frozen, who):
    publish()
    known.turn = turns.current(record)
    Client(pages).get("/frame/news", query_string={"thread": ARTICLE})
    assert pages.glance(environ("/frame/news"), "192.0.2.1")
    assert pages.glance(environ("/frame/news", **who), "192.0.2.1") is None


def test_counts_are_given_once_they_were_counted(record, publish, answers, known, frozen):
    publish()
    known.turn = turns.current(record)
    assert answers.glance(environ(COUNTS)) is None
    made = Client(answers).get(COUNTS, query_string={"thread": ARTICLE})
    status, headers, body = answers.glance(environ(COUNTS, Host="localhost"))
    assert (status, body) == (200, made.data)
    unchanged = answers.glance(environ(COUNTS, If_None_Match=dict(headers)["ETag"]))
    assert unchanged[0] == 304
    assert answers.glance(environ(COUNTS, Folkmoot_Reader="x")) is None
    known.turn = "another"
    assert answers.glance(environ(COUNTS)) is None


def test_behind_proxies_answers_wait_for_a_thread(core):
    direct, proxied = (create_app(core, trusted_proxies=n).extensions for n in (0, 1))
    assert direct["folkmoot.glance"]._answers is not None
    assert proxied["folkmoot.glance"]._answers is None
