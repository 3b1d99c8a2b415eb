"""The shared cache returns only public answers, and only while they are valid."""

import pytest

from service.store.comments import turns
from service.web.http.microcache import LONGEST, LONGEST_QUERY, Microcache
from tests.factories import ARTICLE

PUBLIC = {"Cache-Control": "public, max-age=10", "ETag": '"one"'}


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class App:
    """A WSGI application that counts its requests."""

    def __init__(self):
        self.asked, self.headers, self.status, self.turn = 0, dict(PUBLIC), "200 OK", "0"

    def __call__(self, environ, start):
        self.asked += 1
        start(self.status, list(self.headers.items()))
        return [f"answer {self.asked}".encode()]


@pytest.fixture
def app():
    return App()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ask(app, clock):
    cache = Microcache(app, lambda site: app.turn, room=20_000, clock=clock)

    def ask(path="/api/v1/sites/news/counts", query="", method="GET", **headers):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "wsgi.url_scheme": "http",
            "HTTP_HOST": "c.example",
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        heads = []
        body = b"".join(
            cache(environ, lambda status, headers: heads.append((status, dict(headers))))
        )
        return (*heads[0], body)

    return ask


def test_the_second_asks_nobody(app, ask):
    assert ask() == ask()
    assert app.asked == 1


def test_after_a_second_it_is_asked_again_however_long_it_might_be_kept(app, ask, clock):
    ask()
    clock.now = LONGEST
    ask()
    assert app.asked == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Control": "private, max-age=10"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "public, max-age=0"},
        {"Cache-Control": "public, max-age=nonsense"},
        PUBLIC | {"Set-Cookie": "a=b"},
        PUBLIC | {"Vary": "*"},
    ],
    ids=str,
)
def test_what_is_not_for_everybody_is_not_kept(app, ask, headers):
    app.headers = headers
    ask(), ask()
    assert app.asked == 2


def test_what_failed_is_not_kept(app, ask):
    app.status = "503 SERVICE UNAVAILABLE"
    ask(), ask()
    assert app.asked == 2


@pytest.mark.parametrize(
    "who", ["cookie", "authorization", "folkmoot_reader", "folkmoot_receipt", "range"]
)
def test_whoever_says_who_he_is_passes_by(app, ask, who):
    ask()
    ask(**{who: "x"})
    assert app.asked == 2
    ask()
    assert app.asked == 2


@pytest.mark.parametrize(
    "other",
    [{"query": "thread=b"}, {"path": "/api/v1/sites/b/counts"}, {"host": "other.example"}],
    ids=str,
)
def test_other_addresses_have_other_answers(app, ask, other):
    assert ask() != ask(**other)


def test_a_variant_is_for_those_who_ask_alike(app, ask):
    app.headers = PUBLIC | {"Vary": "Origin, Accept-Encoding"}
    ask(origin="https://a.example")
    ask(origin="https://b.example")
    ask(origin="https://b.example", accept_encoding="gzip")
    assert app.asked == 3
    ask(origin="https://a.example")
    assert app.asked == 3


def test_a_variant_that_was_asked_for_again_is_kept_again(app, ask, clock):
    app.headers = PUBLIC | {"Vary": "Origin"}
    for moment in (0, LONGEST, 2 * LONGEST):
        clock.now = moment
        ask(origin="https://a.example"), ask(origin="https://a.example")
    assert app.asked == 3


def test_who_has_it_already_gets_nothing_but_that(app, ask):
    status, headers, body = ask(if_none_match='W/"other", "one"')
    assert (status, body) == ("304 NOT MODIFIED", b"")
    assert headers["ETag"] == '"one"'
    assert ask()[0] == "200 OK"
    assert app.asked == 1


def test_what_has_changed_is_never_given_out(app, ask):
    ask()
    app.turn = "1"
    ask()
    assert app.asked == 2


def test_without_knowing_the_turn_nothing_is_given_from_memory(app, ask):
    ask()
    app.turn = None
    ask()
    assert app.asked == 2


@pytest.mark.parametrize("path", ["/", "/embed.js", "/frame/news", "/api/v1/sites/"])
def test_what_belongs_to_no_site_passes_by(app, ask, path):
    ask(path=path), ask(path=path)
    assert app.asked == 2


def test_old_answers_make_room(app, ask):
    app.__class__ = type("Large", (App,), {"__call__": large})
    for number in range(20):
        ask(query=str(number))
    ask(query="19")
    assert app.asked == 20
    ask(query="0")
    assert app.asked == 21


def large(self, environ, start):
    self.asked += 1
    start("200 OK", list(PUBLIC.items()))
    return [b"x" * 1000]


def test_whoever_votes_sees_his_vote(client, record, publish, reader):
    comment = publish()
    counts = f"/api/v1/sites/news/counts?thread={ARTICLE}"
    page = f"/api/v1/sites/news/comments?thread={ARTICLE}"
    before = turns.current(record)
    assert client.get(counts).json["threads"][0]["up"] == 0
    assert client.get(page).json["comments"][0]["up"] == 0
    vote = {"direction": "up"}
    client.put(f"/api/v1/sites/news/vote?thread={ARTICLE}", json=vote, headers=reader)
    assert client.get(counts).json["threads"][0]["up"] == 1
    where = f"/api/v1/sites/news/comments/{comment.id}/vote"
    client.put(where, json=vote, headers=reader)
    client.put(where, json=vote, headers=reader)
    assert client.get(page).json["comments"][0]["up"] == 1
    assert int(turns.current(record)) == int(before) + 2


def test_what_asks_counts_as_what_is_kept(ask, app):
    # 20,000 bytes of room: the answers are short, the requests are not.
    for number in range(20):
        ask(query=f"x={number:04}{'y' * 2000}")
    before = app.asked
    ask(query=f"x=0000{'y' * 2000}")
    assert app.asked == before + 1


def test_a_question_that_is_too_long_is_not_kept(ask, app):
    for _ in range(2):
        ask(query="x" * (LONGEST_QUERY + 1))
    assert app.asked == 2
