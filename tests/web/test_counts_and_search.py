"""Counts for a whole front page in one call, and search in approved comments."""

import json

import pytest

from tests.factories import ARTICLE


def test_counts_come_in_the_order_asked(client, publish):
    publish()
    other = "https://news.example/other"
    answer = client.get("/api/v1/sites/news/counts", query_string={"thread": [other, ARTICLE]})
    assert [(t["thread"], t["comments"]) for t in answer.json["threads"]] == [
        (other, 0),
        (ARTICLE, 1),
    ]
    assert "stale-while-revalidate" in answer.headers["Cache-Control"]
    again = client.get(
        "/api/v1/sites/news/counts",
        query_string={"thread": [other, ARTICLE]},
        headers={"If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("threads", "code"),
    [
        ([], "how-many"),
        ([ARTICLE] * 101, "how-many"),
        (["https://x.example/"], "foreign"),
        (["x"], "not-an-address"),
    ],
)
def test_counts_of_what_is_not_the_sites_are_refused(client, news, faults, threads, code):
    answer = client.get("/api/v1/sites/news/counts", query_string={"thread": threads})
    assert faults(answer) == {"thread": code}


def test_search_finds_words_and_names_the_articles(client, publish):
    comment = publish(body="The tram is late, says nobody.")
    publish(body="Something else.")
    results = client.get("/api/v1/sites/news/search?q=LATE tram").json
    assert [c["id"] for c in results["comments"]] == [comment.id]
    assert results["threads"] == {comment.thread: ARTICLE}


@pytest.mark.parametrize("query", ["", "   ", "!!!", "x" * 201])
def test_a_search_for_nothing_is_refused(client, news, faults, query):
    assert "q" in faults(client.get("/api/v1/sites/news/search", query_string={"q": query}))


def test_nobody_searches_all_day(client, news):
    codes = [client.get("/api/v1/sites/news/search?q=tram").status_code for _ in range(25)]
    assert (codes[0], codes[-1]) == (200, 429)


def test_reading_stores_nothing(client, news, redis, reader):
    def kept():
        return [key for key in sorted(redis.keys("fm:{news}:*")) if ":rate:" not in key]

    before = kept()
    asked = {"thread": "https://news.example/never-seen"}
    for place in ("comments", "counts", "feed.atom"):
        assert client.get(f"/api/v1/sites/news/{place}", query_string=asked).status_code == 200
    for more in ({}, {"sort": "best"}, {"root": "0" * 26}, {"comment": "0" * 26}):
        assert client.get("/frame/news", query_string=asked | more).status_code == 200
    none = json.dumps({"direction": "none"})
    voted = client.put("/api/v1/sites/news/vote", query_string=asked, data=none,
                       content_type="application/json", headers=reader)  # fmt: skip
    assert voted.json == {"up": 0, "down": 0, "yours": "none"}
    assert kept() == before
