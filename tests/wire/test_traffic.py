"""Requests are counted per protocol and key, over all processes."""

import json
from dataclasses import replace
from datetime import timedelta

from service.domain.key import Scope
from tests.wire.conftest import KIND

TOXICITY = {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}


def test_answers_are_counted_by_protocol(client, key, analyst):
    client.post(f"/comments:analyze?key={key}", json=TOXICITY)
    client.post("/comments:analyze", json=TOXICITY)
    client.post("/1.1/verify-key", data={"key": key})
    analyst.meter.flush()
    shown = client.get("/metrics").text
    for line in (
        'folkmoot_analysis_requests_total{protocol="perspective",status="200"} 1.0',
        'folkmoot_analysis_requests_total{protocol="perspective",status="403"} 1.0',
        'folkmoot_analysis_requests_total{protocol="akismet",status="200"} 1.0',
        'folkmoot_analysis_seconds_bucket{le="+Inf",protocol="perspective"} 2.0',
        'folkmoot_analysis_seconds_count{protocol="perspective"} 2.0',
    ):
        assert line in shown


def test_the_use_of_a_key_is_counted_by_day(client, key, core, analyst):
    for _ in range(3):
        client.post(f"/comments:analyze?key={key}", json=TOXICITY)
    analyst.meter.flush()
    assert analyst.keyring.used_this_month(analyst.keyring.find(key, Scope.ANALYZE)) == 3
    [uses] = [core.redis.hgetall(name) for name in core.redis.scan_iter("fm:usage:*")]
    assert uses == {f"{core.now():%Y-%m-%d}": "3"}


def test_counts_wait_for_a_store_that_is_away(client, key, analyst, core, away, redis):
    client.post(f"/comments:analyze?key={key}", json=TOXICITY)
    analyst.meter._core = replace(core, redis=away)
    analyst.meter.flush()
    analyst.meter._core = core
    analyst.meter.flush()
    assert json.dumps(redis.hgetall("fm:requests")).count("perspective status 200") == 1


def test_only_so_many_sites_of_a_key_are_told_apart(analyst, key, redis, monkeypatch):
    monkeypatch.setattr("service.clients.meter.MOST_HOSTS", 3)
    api_key = analyst.keyring.find(key, Scope.ANALYZE)
    for number in range(10):
        analyst.meter.called(api_key, f"{number}.example", "ham")
    analyst.meter.flush()
    [counts] = [redis.hgetall(name) for name in redis.scan_iter("fm:calls:*")]
    assert counts["- ham"] == "7"


def test_each_key_has_its_own_sites_and_each_month_begins_anew(
    analyst, make_key, redis, core, monkeypatch
):
    monkeypatch.setattr("service.clients.meter.MOST_HOSTS", 1)
    first, second = (analyst.keyring.find(make_key(), Scope.ANALYZE) for _ in range(2))
    for known in (first, second):
        analyst.meter.called(known, f"{known.id}.example", "ham")
    moment = core.now() + timedelta(days=40)
    analyst.meter._core = replace(core, now=lambda: moment)
    analyst.meter.called(first, "later.example", "ham")
    analyst.meter.flush()
    fields = {field for name in redis.scan_iter("fm:calls:*") for field in redis.hgetall(name)}
    assert {f"{first.id}.example ham", f"{second.id}.example ham", "later.example ham"} <= fields
    assert "- ham" not in fields
