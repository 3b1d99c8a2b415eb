"""Pages and answers from the memories of two web processes: never older than what was done."""

import http.client
import json
import re
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest

from benchmarks.serving import serving
from service.domain.site import CaptchaStrategy, Site, Theme
from service.store.site import sites
from tests.crowd import chorus, speak

ARTICLE = "https://news.example/two"
THREAD = quote(ARTICLE, safe="")
PAGE = f"/frame/two?thread={THREAD}"
API = "/api/v1/sites/two"
# So many connections that each process has some of them.
CONNECTIONS = 12


@pytest.fixture(scope="module")
def two():
    """An installation with two web processes, and a site with some comments."""
    with serving("--no-demo", "--web-workers", "2", "--workers", "1") as running:
        site = Site(name="two", origins=("https://news.example",), captcha=CaptchaStrategy.IMAGE)
        sites.put(running.core.redis, site)
        speak(running.core, site, ARTICLE, list(chorus(5)))
        yield running


@pytest.fixture
def ask(two):
    """Send a request on one of several connections, and return the text of the answer."""
    address = urlsplit(two.url)
    with ExitStack() as stack:
        lines = [http.client.HTTPConnection(address.netloc, timeout=30) for _ in range(CONNECTIONS)]
        for line in lines:
            stack.callback(line.close)

        def ask(number, path, method="GET", body=None, **headers):
            line = lines[number % CONNECTIONS]
            sent = {"Content-Type": "application/json"} if body else {}
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, json.dumps(body) if body else None, sent)
            answer = line.getresponse()
            text = answer.read().decode()
            assert answer.status < 300, text
            return text

        yield ask


def ups(page):
    """The votes up on the article."""
    return int(re.search(r'value="up "[^>]*>.*?class="number">(\d+)<', page)[1])


def test_no_process_gives_out_what_was_before_a_vote(two, ask):
    token = json.loads(ask(0, f"{API}/readers", "POST"))["token"]
    counts = f"{API}/counts?thread={THREAD}"
    for turn in range(30):
        vote = {"direction": "none" if turn % 2 else "up"}
        tally = ask(turn, f"{API}/vote?thread={THREAD}", "PUT", vote, Folkmoot_Reader=token)
        expected = json.loads(tally)["up"]
        for number in range(CONNECTIONS):
            assert ups(ask(turn + number, PAGE)) == expected, (turn, number)
            told = json.loads(ask(turn + number, counts))["threads"][0]["up"]
            assert told == expected, (turn, number)


def test_a_page_that_many_read_does_not_ask_the_store(two, ask, waiting):
    def commands():
        asked = two.core.redis.info("commandstats")
        return sum(
            asked.get(f"cmdstat_{name}", {"calls": 0})["calls"] for name in ("get", "evalsha")
        )

    def is_known():
        before = commands()
        for number in range(10 * CONNECTIONS):
            ask(number, PAGE)
        return commands() - before < 5 * CONNECTIONS

    waiting("pages out of memory", is_known)


def test_changed_settings_reach_both_processes(two, ask, waiting):
    site = sites.get(two.core.redis, "two")
    for theme in (Theme.DARK, Theme.LIGHT):
        sites.put(two.core.redis, replace(site, theme=theme))
        waiting(
            "the theme in all processes",
            lambda wanted=f'data-theme="{theme.value}"': all(
                wanted in ask(number, PAGE) for number in range(CONNECTIONS)
            ),
        )


def test_each_answer_has_a_captcha_of_its_own(two, ask):
    ids = [
        re.search(r'id="captcha-id" value="([^"]+)"', ask(number, PAGE))[1] for number in range(100)
    ]
    assert len(set(ids)) == 100
