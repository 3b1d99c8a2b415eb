"""A key of scope `counts`: counts stay public; requests with a key are counted and limited."""

import pytest

from service.clients import keyring
from service.domain.site import Site
from service.store.accounts import usage
from service.store.site import sites
from tests.factories import ARTICLE


@pytest.fixture
def counts(client, news):
    """Request the counts of an article, with or without a key."""

    def counts(token="", **headers):
        if token:
            headers["Authorization"] = f"Bearer {token}"
        asked = {"thread": ARTICLE}
        return client.get("/api/v1/sites/news/counts", query_string=asked, headers=headers)

    return counts


def test_everybody_reads_counts_without_a_key(counts):
    answer = counts()
    assert answer.status_code == 200
    assert "public" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("scope", ["counts", "manage"])
def test_uses_of_a_key_are_counted_and_come_from_no_cache(counts, make_key, core, analyst, scope):
    token = make_key(scope, site="news")
    answers = [counts(), counts(token), counts(token)]
    assert len({answer.text for answer in answers}) == 1
    assert answers[1].headers["Cache-Control"] == "private, no-cache"
    analyst.meter.flush()
    key = keyring.known(core, token)
    assert sum(usage.of_key(core.redis, key.id).values()) == 2


def test_what_has_not_changed_is_not_sent_again(counts, make_key):
    token = make_key("counts")
    etag = counts(token).headers["ETag"]
    assert counts(token, **{"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("scope", "site", "status", "problem"),
    [
        ("analyze", "", 403, "scope-missing"),
        ("counts", "weekly", 403, "scope-missing"),
        ("manage", "weekly", 403, "scope-missing"),
    ],
)
def test_a_key_for_something_else_is_refused(counts, make_key, redis, scope, site, status, problem):
    if site:
        sites.put(redis, Site(name=site, origins=("https://weekly.example",)))
    answer = counts(make_key(scope, site=site))
    assert (answer.status_code, answer.json["type"]) == (status, f"/problems/{problem}")


def test_a_key_that_is_none_of_ours_is_refused(counts):
    answer = counts("fmk-nobody")
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/key-refused")


def test_a_quota_holds_for_counts(counts, make_key):
    token = make_key("counts", quota="2/hour")
    assert [counts(token).status_code for _ in range(3)] == [200, 200, 429]
    assert counts().status_code == 200


def test_a_key_of_counts_opens_nothing_else(client, make_key, news):
    headers = {"Authorization": f"Bearer {make_key('counts')}"}
    assert client.get("/api/v1/sites/news/queue", headers=headers).status_code == 403
    analyze = {"texts": ["Hello"]}
    assert client.post("/api/v1/analyze", json=analyze, headers=headers).status_code == 403
