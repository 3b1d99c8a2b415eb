"""Every error has its answer, in one shape, with headers that keep strangers out."""

import pytest
from redis import Redis

from service.domain.errors import DomainError
from service.web.problems import PROBLEMS


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


def test_a_store_that_is_away_is_told_with_a_time(core, news, submit):
    away = Redis(unix_socket_path="/nonexistent", decode_responses=True)
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
    from service.readers import reading

    def broken(*args, **kwargs):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(reading, "count", broken)
    answer = client.get("/api/v1/sites/news/counts?thread=https://news.example/a")
    assert answer.status_code == 500
    assert b"secret inside" not in answer.data
