"""Discourse asks for percentages, and flags a post from the thresholds of its own settings."""

import pytest

from service.web.wire.discourse import LABELS
from tests.wire.conftest import DUTCH, KIND, RUDE


@pytest.fixture
def classify(client, key):
    def classify(sent, key=key, **headers):
        headers = {"Referer": "https://forum.example", "X-API-KEY": key} | headers
        return client.post("/api/v1/classify", json=sent, headers=headers)

    return classify


def post(content, model="unbiased"):
    return {"model": model, "content": content}


def test_a_post_is_scored_in_percent(classify, scorer):
    kind, rude = classify(post(KIND)), classify(post(f"A title\n{RUDE}"))
    assert set(kind.json) == set(rude.json) == set(LABELS)
    assert all(isinstance(value, int) for value in rude.json.values())
    assert kind.json["toxicity"] < 50 < rude.json["toxicity"] <= 100
    assert rude.headers["Folkmoot-Model"].startswith(f"{scorer.model}; read=")


def test_what_has_no_score_is_flagged_rather_than_overlooked(classify, make_key):
    answer = classify(post(DUTCH, "multilingual"))
    assert set(answer.json.values()) == {100}
    assert answer.headers["Folkmoot-Substituted"] == ", ".join(LABELS)
    assert classify(post(DUTCH), key=make_key(unscored=0.25)).json["toxicity"] == 25


def test_what_is_wrong_is_told(classify, make_key):
    assert classify(post(KIND), key="").status_code == 401
    assert classify(post(KIND), key=make_key("counts")).status_code == 403
    busy = make_key(quota="1/hour")
    assert [classify(post(KIND), key=busy).status_code for _ in range(2)] == [200, 429]
    for sent, field in (({}, "content"), (post(5), "content"), (post(KIND, "emotion"), "model")):
        answer = classify(sent)
        assert answer.status_code == 422
        assert [fault["field"] for fault in answer.json["errors"]] == [field]
    assert classify([]).status_code == 422
