"""Every error has an answer of one shape, with security headers."""

import pytest
from redis.exceptions import (
    ConnectionError,
    MasterDownError,
    ReadOnlyError,
    ResponseError,
    TimeoutError,
)

from service.domain.errors import DomainError
from service.domain.thread import thread_id
from service.store.server import outages
from service.web.http.problems import PROBLEMS
from tests.factories import ARTICLE


def test_every_error_has_its_answer():
    assert set(PROBLEMS) == set(DomainError.__subclasses__())


def test_every_problem_has_a_name_of_its_own():
    names = [name for _, name, _ in PROBLEMS.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere", "/api/v1/sites/x/nowhere"])
def test_an_unknown_route_is_a_problem_too(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_a_wrong_method_is_a_problem_too(client, news):
    assert client.put("/api/v1/sites/news/comments").content_type == "application/problem+json"


@pytest.mark.parametrize("path", ["/nowhere", "/healthz", "/api/v1/sites/news/counts"])
def test_every_answer_brings_its_guards(client, news, path):
    headers = client.get(path).headers
    assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers


def test_a_store_that_is_away_is_told_with_a_time(core, away, news):
    from dataclasses import replace

    from service.app import create_app

    client = create_app(replace(core, redis=away)).test_client()
    sent = {"thread": "https://news.example/a", "name": "Ann", "body": "Hello."}
    answer = client.post("/api/v1/sites/news/comments", json=sent)
    assert answer.status_code == 503
    assert answer.json["type"] == "/problems/store-away"
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_nothing_unforeseen_shows_its_inside(client, news, monkeypatch, capfd):
    from service.readers import discussion

    def broken(*args, **kwargs):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(discussion, "count", broken)
    answer = client.get("/api/v1/sites/news/counts?thread=https://news.example/a")
    assert answer.status_code == 500
    assert b"secret inside" not in answer.data


def test_what_the_store_does_not_understand_is_our_defect(core, news, redis, client):
    redis.set(core.at("news").keys.thread_new(thread_id(ARTICLE)), "no list")
    answer = client.get("/api/v1/sites/news/comments", query_string={"thread": ARTICLE})
    assert (answer.status_code, answer.json["type"]) == (500, "about:blank")
    assert "Retry-After" not in answer.headers
    redis.set(core.at("news").keys.thread_roots(thread_id(ARTICLE)), "no list")
    page = client.get("/frame/news", query_string={"thread": ARTICLE})
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text


def test_a_store_that_is_full_is_told_with_a_time(redis, submit, news):
    redis.config_set("maxmemory", 1)
    try:
        answer = submit()
    finally:
        redis.config_set("maxmemory", 0)
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/store-away")


@pytest.mark.parametrize(
    ("says", "outage"),
    [
        ("LOADING Redis is loading the dataset in memory", True),
        ("MISCONF Redis is configured to save RDB snapshots", True),
        ("NOREPLICAS Not enough good replicas to write.", True),
        ("BUSY Redis is busy running a script.", True),
        ("Error running script: @user_script:12: -OOM command not allowed", True),
        ("Command # 1 (SET x) of pipeline caused error: READONLY You can't write", True),
        ("min or max is not a float", False),
        ("Invalid stream ID specified as stream command argument", False),
        ("BUSYGROUP Consumer Group name already exists", False),
    ],
)
def test_an_outage_is_told_from_a_defect(says, outage):
    assert outages.is_outage(ResponseError(says)) is outage


@pytest.mark.parametrize("kind", [ConnectionError, TimeoutError, ReadOnlyError, MasterDownError])
def test_a_store_that_cannot_be_reached_is_an_outage(kind):
    assert outages.is_outage(kind("away"))


def test_a_wrong_method_is_told_which_there_are(client, news):
    for path in ("/api/v1/sites/news/comments", "/review/sign-in", "/frame/news"):
        answer = client.delete(path)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


def test_who_is_not_known_is_told_how_one_is_let_in(client, news, publish):
    comment = publish()
    voted = client.put(f"/api/v1/sites/news/comments/{comment.id}/vote", json={"direction": "up"})
    assert (voted.status_code, voted.headers["WWW-Authenticate"]) == (401, "Folkmoot")
    queue = client.get("/api/v1/sites/news/queue")
    assert (queue.status_code, queue.headers["WWW-Authenticate"]) == (401, "Bearer")
