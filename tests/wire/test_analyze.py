"""Our own analysis API: many texts at once, with the words behind a score."""

import pytest

from tests.wire.conftest import DUTCH, KIND, RUDE


@pytest.fixture
def analyze(client, key):
    def analyze(*texts, key=key, **more):
        headers = {"Authorization": f"Bearer {key}"}
        return client.post("/api/v1/analyze", json={"texts": texts, **more}, headers=headers)

    return analyze


def test_texts_are_scored_in_their_order(analyze):
    answer = analyze(KIND, RUDE, DUTCH).json
    assert answer["model"].startswith("folkmoot-")
    kind, rude, dutch = answer["results"]
    assert kind["scores"]["TOXICITY"] < 0.5 < rude["scores"]["TOXICITY"]
    assert [result["language"] for result in (kind, rude, dutch)] == ["en", "en", "nl"]
    assert set(dutch["scores"].values()) == {None}
    assert kind["explanations"] == {}


def test_the_words_that_speak_for_a_score_are_placed_as_javascript_counts(analyze):
    text = f"😀 {RUDE}"
    [result] = analyze(text, explain=["INSULT"]).json["results"]
    units = text.encode("utf-16-le")
    worst = max(result["explanations"]["INSULT"], key=lambda share: share["contribution"])
    excerpt = units[2 * worst["start"] : 2 * worst["end"]].decode("utf-16-le")
    assert "idiot" in excerpt


def test_a_hundred_texts_are_taken_and_no_more(analyze):
    assert len(analyze(*[KIND] * 100).json["results"]) == 100
    assert analyze(*[KIND] * 101).status_code == 422
    assert analyze().status_code == 422
    too_much = analyze(*[KIND] * 51, explain=["INSULT", "SPAM"])
    assert too_much.json["errors"][0]["field"] == "explain"


@pytest.mark.parametrize(
    ("more", "field"),
    [({"explain": ["KINDNESS"]}, "explain.0"), ({"explain": True}, "explain"), ({"x": 1}, "x")],
)
def test_a_wrong_field_is_named(analyze, more, field):
    answer = analyze(KIND, **more)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


def test_a_key_is_needed_and_each_text_counts(client, analyze, make_key):
    assert client.post("/api/v1/analyze", json={"texts": [KIND]}).status_code == 401
    assert client.post("/api/v1/analyze", data="{").status_code == 401
    assert analyze(KIND, key=make_key("manage")).json["type"] == "/problems/scope-missing"
    key = make_key(quota="10/minute")
    assert analyze(*[KIND] * 10, key=key).status_code == 200
    assert analyze(KIND, key=key).status_code == 429


def test_halves_of_characters_are_no_trouble(client, key):
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    body = rb'{"texts": ["\ud83d hello there my friend \ude00"], "explain": ["INSULT"]}'
    assert client.post("/api/v1/analyze", data=body, headers=headers).status_code in (200, 422)


def test_the_language_of_the_texts_can_be_named_and_the_one_that_counted_is_told(analyze):
    """Unnamed the French word is taken for Swedish."""
    [unnamed] = analyze("attardé", explain=["TOXICITY"]).json["results"]
    [named] = analyze("attardé", explain=["TOXICITY"], language="fr-FR").json["results"]

    assert (unnamed["scores"]["TOXICITY"], unnamed["read_in"]) == (None, {"TOXICITY": ""})
    assert named["scores"]["TOXICITY"] is not None
    assert named["read_in"] == {"TOXICITY": "fr"}
    assert named["explanations"]["TOXICITY"]
    assert named["language"] == unnamed["language"] == "sv"
