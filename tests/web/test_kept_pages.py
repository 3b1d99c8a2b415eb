"""A kept page is the page that Flask would make, for exactly those who would get the same."""

import re
import zlib
from dataclasses import replace
from urllib.parse import urlencode

import flask
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from service.app import create_app
from service.domain.site import CaptchaStrategy, Site, Theme
from service.store.comments import turns
from service.store.site import sites
from service.web.frame.kept.pages import LONGEST, KeptPages
from service.web.frame.kept.wish import LONGEST_HEADER, LONGEST_QUERY
from tests.factories import ARTICLE

FRAME = "/frame/news"
ASKED = {"thread": ARTICLE}
# What is each reader's own, and what changes by itself.
HOLES = re.compile(
    r'(?<=name="key" value=")[^"]+|(?<=id="captcha-id" value=")[^"]+|(?<=data-work=")[^"]+'
    r"|(?<=/captchas/)[\w-]+|(?<=\">)[^<]+(?=</time>)"
)


@pytest.fixture
def made():
    """The addresses for which Flask was asked."""
    made = []

    def note(app, **_):
        made.append(flask.request.full_path)

    with flask.request_started.connected_to(note):
        yield made


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def alone(app):
    """The application without its memory for pages."""
    return app.wsgi_app._app


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pages(core, alone, clock):
    """The same application with such a memory, in which no time passes by itself."""
    return KeptPages(alone, core, lambda site: turns.current(core.at(site)), clock=clock)


@pytest.fixture
def look(pages):
    """Get a page as a new browser; `through` may be another application."""

    def look(asked=None, path=FRAME, through=None, **headers):
        query = asked if isinstance(asked, str) else urlencode(ASKED if asked is None else asked)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client = Client(through or pages, use_cookies=False)
        return client.get(path, query_string=query, headers=named)

    return look


@pytest.fixture
def cache(pages):
    return pages.cache


def likeness(answer):
    """What has to be alike: status, headers, and the page but for its holes."""
    headers = {name: value for name, value in answer.headers if name != "Content-Length"}
    return answer.status_code, headers, HOLES.sub("…", answer.text)


def test_many_readers_are_answered_with_one_page(publish, look, made):
    comment = publish()
    pages = [look() for _ in range(5)]
    assert len(made) == 1
    assert all(comment.id in page.text for page in pages)
    assert len({HOLES.sub("…", page.text) for page in pages}) == 1


LANGUAGES = [None, "de", "de-AT,en;q=0.5", "tlh, uk;q=0.3", "ar", "x" * 600, "*", ";;q=,"]
VALUES = {
    "thread": st.sampled_from([ARTICLE, f"{ARTICLE}?a=1&b=ü", "nowhere", "https://x.example/", ""]),
    "title": st.sampled_from(["", "An article", "<b>Ärger & Co.</b>", '"', "x" * 400]),
    "sort": st.sampled_from(["newest", "oldest", "best", "worst", ""]),
    "lang": st.sampled_from(["de", "zh-Hans", "tlh", "", "../x"]),
    "page": st.sampled_from(["fr", "it-CH", "xx"]),
    "theme": st.sampled_from(["dark", "light", "auto", "pink"]),
    "accent": st.sampled_from(["b00020", "#B00020", "red"]),
    "ground": st.sampled_from(["ffffff", "101010", "FFFFFF", "12"]),
    "pictured": st.sampled_from(["1", "0", ""]),
    "utm_source": st.sampled_from(["a", "b"]),
    "reply": st.sampled_from(["x", ""]),
    "said": st.sampled_from(["voted", "sent", ""]),
    "code": st.sampled_from(["1", ""]),
    "comment": st.sampled_from(["x", ""]),
}


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    asked=st.fixed_dictionaries({}, optional=VALUES),
    accepted=st.sampled_from(LANGUAGES),
    site=st.sampled_from(["news", "guarded", "silent", "dark", "nowhere"]),
)
def test_a_kept_page_is_the_page_that_would_be_made(
    redis, publish, guarded, look, alone, asked, accepted, site
):
    sites.put(redis, replace(guarded, name="silent", captcha=CaptchaStrategy.POW))
    sites.put(
        redis, replace(guarded, name="dark", theme=Theme.DARK, language="de", accent="#123456")
    )
    headers = {} if accepted is None else {"Accept_Language": accepted}
    asked, path = {"thread": ARTICLE, **asked}, f"/frame/{site}"
    direct = look(asked, path, through=alone, **headers)
    for _ in range(2):
        assert likeness(look(asked, path, **headers)) == likeness(direct)


@pytest.mark.parametrize(
    "other",
    [
        {"thread": f"{ARTICLE}-2"},
        {"title": "Another"},
        {"sort": "best"},
        {"lang": "de"},
        {"page": "de"},
        {"theme": "dark"},
        {"accent": "b00020"},
        {"ground": "101010"},
        {"ground": "ffffff", "pictured": "1"},
    ],
    ids=str,
)
def test_whoever_wishes_for_something_else_gets_something_else(news, look, made, other):
    usual = look()
    assert likeness(look(ASKED | other)) != likeness(usual)
    assert likeness(look()) == likeness(usual)
    assert len(made) == 2


def test_another_site_has_other_pages(redis, news, look):
    sites.put(redis, replace(news, name="other", origins=(*news.origins, "https://more.example")))
    assert "https://more.example" not in look().headers["Content-Security-Policy"]
    other = look(path="/frame/other")
    assert "https://more.example" in other.headers["Content-Security-Policy"]
    assert "https://more.example" in other.text
    assert "more.example" not in look().text


def test_the_browsers_language_counts_only_where_it_decides(redis, news, look, made):
    for accepted, chosen in (("de", "de"), ("fr", "fr"), ("en", "en"), ("tlh", "en")):
        answer = look(Accept_Language=accepted)
        assert answer.headers["Content-Language"] == chosen
        assert "Accept-Language" in answer.headers["Vary"]
    sites.put(redis, replace(news, language="nl"))
    before = len(made)
    assert {look(Accept_Language=tag).headers["Content-Language"] for tag in ("de", "fr")} == {"nl"}
    assert len(made) == before + 1


@pytest.mark.parametrize(
    ("asked", "headers"),
    [
        (ASKED | {"utm_source": "x", "fbclid": "y"}, {}),
        (ASKED | {"theme": "pink", "ground": "none", "lang": "../x", "sort": ""}, {}),
        (ASKED, {"Host": "elsewhere.example"}),
        (ASKED, {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Host": "evil.example"}),
        (ASKED, {"User_Agent": "Another", "Referer": "https://x.example", "DNT": "1"}),
        (ASKED, {"Cookie": "consent=1; _ga=GA1.2.3"}),
        (ASKED, {"Origin": "https://x.example"}),
        (ASKED, {"If_None_Match": "*"}),
    ],
    ids=str,
)
def test_what_does_not_count_makes_no_other_page(news, look, made, cache, asked, headers):
    usual = likeness(look())
    assert likeness(look(asked, **headers)) == usual
    assert (len(made), len(cache)) == (1, 1)


@pytest.mark.parametrize(
    ("asked", "headers"),
    [
        *((ASKED | {name: "x"}, {}) for name in ("said", "again", "reply", "code", "q", "in")),
        *((ASKED | {name: "x"}, {}) for name in ("root", "comment", "cursor")),
        *((ASKED | {name: ""}, {}) for name in ("code", "said")),
        *((ASKED | odd, {}) for odd in ({"sort": "worst"}, {"accent": "red"})),
        (ASKED, {"Cookie": "a=b; reader=x"}),
        (ASKED, {"Cookie": "mine=x:y"}),
        (ASKED, {"Folkmoot_Reader": "x"}),
        (ASKED, {"Folkmoot_Receipt": "x"}),
        (ASKED, {"Authorization": "Bearer x"}),
        (ASKED | {"x": "y" * LONGEST_QUERY}, {}),
        (ASKED, {"Accept_Language": "de," * LONGEST_HEADER}),
        ({}, {}),
        ("title=x", {}),
    ],
    ids=lambda part: str(part)[:60],
)
def test_who_is_known_or_wishes_for_something_rare_passes_by(
    news, look, made, cache, asked, headers
):
    for _ in range(2):
        look(asked, **headers)
    assert (len(made), len(cache)) == (2, 0)


@pytest.mark.parametrize("path", ["/frame/nowhere", "/frame/", "/frame/news/mine", "/frame/NEWS"])
def test_there_are_no_pages_of_what_is_no_site(news, look, cache, path):
    assert look(path=path).status_code in (200, 404)
    assert len(cache) == 0


def test_only_getting_a_page_is_answered_from_memory(news, pages, made):
    client = Client(pages)
    client.get(FRAME, query_string=ASKED)
    assert client.head(FRAME, query_string=ASKED).data == b""
    assert client.post(FRAME, query_string=ASKED).status_code == 405
    assert len(made) == 3


def test_no_failure_is_kept(news, look, made, cache):
    for thread in ("nowhere", "https://x.example/a"):
        for _ in range(2):
            assert look({"thread": thread}).status_code == 422
    assert len(cache) == 0


def test_a_page_is_made_again_after_a_second_though_nothing_has_changed(news, look, made, clock):
    for moment in (0, LONGEST - 0.01, LONGEST, 2 * LONGEST - 0.01):
        clock.now = moment
        look()
    assert len(made) == 2


def test_a_page_is_good_for_its_turn_only(core, news, look, made, alone, clock):
    turn = {"news": "1"}
    pages = KeptPages(alone, core, turn.get, clock=clock)
    for number in ("1", "1", "2", "2", "1"):
        turn["news"] = number
        look(through=pages)
    assert len(made) == 3


def test_without_a_turn_nothing_is_given_from_memory(core, news, look, made, alone, clock):
    turn = {"news": "1"}
    pages = KeptPages(alone, core, turn.get, clock=clock)
    look(through=pages)
    turn["news"] = None
    look(through=pages)
    assert len(made) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"origins": ("https://news.example", "https://new.example")},
        {"theme": Theme.DARK},
        {"accent": "#00aa00"},
        {"language": "it"},
        {"captcha": CaptchaStrategy.IMAGE},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_settings_have_other_pages_at_once(redis, news, look, change):
    before = likeness(look())
    sites.put(redis, replace(news, **change))
    assert likeness(look()) != before
    sites.put(redis, news)
    assert likeness(look()) == before


def test_settings_are_asked_for_again_within_a_second():
    assert sites.REMEMBERED + sites.GRACE < 1


def test_while_the_store_is_away_there_is_the_calm_page(core, news, away, look):
    class Outage:
        """Sites that are known, as they were before."""

        get = staticmethod(lambda name: news)

    there = create_app(replace(core, redis=away, sites=Outage()))
    answer = look(through=there)
    assert answer.status_code == 503
    assert "Comments are away for the moment" in answer.text
    assert int(answer.headers["Retry-After"]) > 0


def test_a_flood_of_pages_neither_fills_the_memory_nor_pushes_out_what_many_read(
    publish, look, made, core, alone, clock
):
    publish()
    pages = KeptPages(alone, core, lambda site: "1", room=200_000, clock=clock)
    look(through=pages), look(through=pages)
    before = len(made)
    for number in range(60):
        look({"thread": f"https://news.example/{number}", "title": str(number)}, through=pages)
        look(ASKED | {"ground": f"{number:06}"}, through=pages, Accept_Language="fr")
        assert pages.cache.size <= 200_000
    assert len(made) == before + 120
    look(through=pages)
    assert len(made) == before + 120


def test_another_providers_captcha_is_not_kept(monkeypatch, redis, look, made, cache):
    from service.captcha.strategies import STRATEGIES, Providers
    from tests.web.test_captcha_provider import QuestionProvider

    other = Providers(shown=QuestionProvider())
    monkeypatch.setitem(STRATEGIES, CaptchaStrategy.IMAGE, other)
    sites.put(redis, Site(name="asking", origins=("https://news.example",)))
    for _ in range(2):
        assert "Which colour has" in look(path="/frame/asking").text
    assert (len(made), len(cache)) == (2, 0)


def test_a_page_is_compressed_once_and_its_secrets_not_at_all(publish, guarded, look, made):
    plain = look(path="/frame/guarded")
    packed = look(path="/frame/guarded", Accept_Encoding="gzip, br")
    assert len(made) == 1
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    opened = zlib.decompressobj(zlib.MAX_WBITS | 16)
    page = opened.decompress(packed.data)
    assert opened.eof
    assert opened.unused_data == b""
    assert HOLES.sub("…", page.decode()) == HOLES.sub("…", plain.text)
    secrets = re.findall(r'name="(?:key|captcha_id)"[^>]* value="([^"]+)"', page.decode())
    assert len(secrets) == 2
    assert all(secret.encode() in packed.data for secret in secrets)


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity"])
def test_whoever_takes_no_gzip_gets_none(news, look, accepted):
    answer = look(Accept_Encoding=accepted)
    assert "Content-Encoding" not in answer.headers
    assert "<html" in answer.text
