"""Clients of OpenAI's moderation API get our scores, and see which ones we lack."""

import pytest

from tests.wire.conftest import DUTCH, KIND, RUDE


@pytest.fixture
def moderate(client, key):
    def moderate(given, key=key):
        headers = {"Authorization": f"Bearer {key}"}
        return client.post("/v1/moderations", json={"input": given}, headers=headers)

    return moderate


def test_a_text_is_judged_by_categories(moderate):
    answer = moderate(RUDE).json
    assert answer["id"].startswith("modr-")
    assert answer["model"].startswith("folkmoot-")
    [result] = answer["results"]
    assert result["flagged"]
    assert result["categories"]["harassment"]
    assert result["category_scores"]["harassment"] > 0.8
    assert not result["categories"]["sexual"]
    names = set(result["categories"])
    assert names == set(result["category_scores"]) == set(result["category_applied_input_types"])
    assert {"hate", "hate/threatening", "violence", "self-harm/intent", "illicit"} <= names


def test_what_we_know_nothing_of_says_so(moderate):
    [result] = moderate(KIND).json["results"]
    assert not result["flagged"]
    assert result["category_applied_input_types"]["self-harm"] == []
    assert result["category_applied_input_types"]["hate"] == ["text"]


def test_many_texts_are_many_results_and_parts_are_one(moderate):
    flagged = [result["flagged"] for result in moderate([KIND, RUDE]).json["results"]]
    assert flagged == [False, True]
    parts = [{"type": "text", "text": KIND}, {"type": "text", "text": RUDE}]
    [result] = moderate(parts).json["results"]
    assert result["flagged"]


def test_the_model_and_what_stands_in_are_named(moderate, scorer):
    english, dutch = moderate(KIND), moderate(DUTCH)
    assert english.headers["Folkmoot-Model"].startswith(f"{scorer.model}; read=")
    assert "Folkmoot-Substituted" not in english.headers
    assert "violence" in dutch.headers["Folkmoot-Substituted"].split(", ")


def test_what_has_no_score_is_flagged(moderate, make_key):
    [result] = moderate(DUTCH).json["results"]
    assert result["flagged"]
    assert result["category_scores"]["harassment"] == 1
    [result] = moderate(DUTCH, key=make_key(unscored=0.0)).json["results"]
    assert not result["flagged"]


@pytest.mark.parametrize(
    "given",
    [
        *(None, [], 5, {}, [5], ["x"] * 101, "x" * 70_000),
        ["a", {"type": "text", "text": "b"}],
        [{"type": "image_url", "image_url": {"url": "data:"}}],
    ],
    ids=lambda given: str(given)[:30],
)
def test_a_wrong_input_is_told(moderate, given):
    answer = moderate(given)
    assert answer.status_code == 400
    error = answer.json["error"]
    assert (error["type"], error["param"]) == ("invalid_request_error", "input")
    assert error["message"]


def test_a_wrong_key_and_a_used_up_one_are_told_in_its_form(client, moderate, make_key):
    refused = moderate(KIND, key="wrong")
    assert (refused.status_code, refused.json["error"]["code"]) == (401, "invalid_api_key")
    assert moderate(KIND, key=make_key("counts")).status_code == 403
    assert client.post("/v1/moderations", data="{").status_code == 401
    key = make_key(quota="1/hour")
    assert moderate(KIND, key=key).status_code == 200
    busy = moderate(KIND, key=key)
    assert (busy.status_code, busy.json["error"]["code"]) == (429, "rate_limit_exceeded")
    assert int(busy.headers["Retry-After"]) > 0


def test_what_is_no_json_is_told(client, key):
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.post("/v1/moderations", data="{", headers=headers)
    assert (answer.status_code, answer.json["error"]["type"]) == (400, "invalid_request_error")
