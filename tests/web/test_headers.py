"""Every answer tells browsers how to treat it: pages, scripts, pictures, feeds and errors."""

from dataclasses import replace

import pytest

from service.app import create_app
from tests.factories import ARTICLE
from tests.web.test_rights import path_of

OURS = {"Sec-Fetch-Site": "same-origin"}
YEAR = "max-age=31536000"
ERRORS = (
    "/nope",
    "/review/nope/x",
    "/static/nope.js",
    "/assets/x/nope.js",
    "/api/v1/sites/nope/counts",
)


@pytest.fixture
def answers(core, news):
    """The answer of every address that can be read, and of some that cannot, by scheme."""

    def answers(scheme):
        there = replace(core, public_url=f"{scheme}://comments.example")
        app = create_app(there, with_demo=True)
        client = app.test_client()
        rules = (rule for rule in app.url_map.iter_rules() if "GET" in rule.methods)
        addresses = [f"{path_of(rule.rule)}?thread={ARTICLE}" for rule in rules]
        for address in (*addresses, "/static/embed.js", *ERRORS):
            with client.get(address) as answer:
                yield address, answer
        yield "a refused method", client.delete("/healthz")
        long = {"body": "x" * 100_000}
        yield "too long", client.post("/frame/news/comments", data=long, headers=OURS)

    return answers


@pytest.mark.parametrize(("scheme", "strict"), [("https", YEAR), ("http", None)])
def test_every_answer_is_taken_as_what_it_says_and_only_over_https(answers, scheme, strict):
    seen = list(answers(scheme))
    assert {answer.status_code for _, answer in seen} >= {200, 303, 404, 405, 413}
    for address, answer in seen:
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers.get("Strict-Transport-Security") == strict, address
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], address
        assert answer.headers["Referrer-Policy"], address
        assert answer.headers["Cache-Control"], address
