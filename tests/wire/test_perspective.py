"""Perspective's clients get the answers that they expect."""

import pytest

from service.analysis.attributes import SOURCES
from service.domain.attribute import ATTRIBUTES
from service.store.desk import labels
from tests.wire.conftest import DUTCH, KIND, RUDE

CORAL = {"User-Agent": "Coral Perspective/9.11.8"}
PATHS = ["/comments:analyze", "/v1alpha1/comments:analyze"]


@pytest.fixture
def analyze(client, key):
    def analyze(text, *names, key=key, headers=None, **more):
        requested = {name: {} for name in names or ["TOXICITY"]}
        body = {"comment": {"text": text}, "requestedAttributes": requested} | more
        return client.post(f"/v1alpha1/comments:analyze?key={key}", json=body, headers=headers)

    return analyze


def value(answer, name="TOXICITY"):
    assert answer.status_code == 200, answer.json
    return answer.json["attributeScores"][name]["summaryScore"]["value"]


@pytest.mark.parametrize("path", PATHS)
def test_coral_s_own_request_is_answered_as_coral_reads_it(client, key, path):
    body = {
        "comment": {"text": RUDE},
        "doNotStore": True,
        "requestedAttributes": {"TOXICITY": {}},
        "languages": ["en"],
    }
    answer = client.post(f"{path}?key={key}", json=body, headers=CORAL)
    assert value(answer) > 0.8
    assert answer.json["languages"] == ["en"]


@pytest.mark.parametrize(
    "shown",
    [
        {"headers": {"X-Goog-Api-Key": "KEY"}},
        {"headers": {"Authorization": "Bearer KEY"}},
        {"query_string": {"access_token": "KEY"}},
        {"query_string": {"key": "KEY", "alt": "json", "prettyPrint": "false", "$.xgafv": "2"}},
    ],
    ids=["header", "bearer", "access token", "with parameters to ignore"],
)
def test_a_key_may_be_shown_in_each_of_googles_ways(client, key, shown):
    given = {
        kind: {name: value.replace("KEY", key) for name, value in pairs.items()}
        for kind, pairs in shown.items()
    }
    body = {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}
    assert value(client.post("/comments:analyze", json=body, **given)) < 0.5


@pytest.mark.parametrize("name", [*SOURCES, *(f"{name}_EXPERIMENTAL" for name in ATTRIBUTES[:6])])
def test_each_attribute_we_have_is_scored_and_named_as_it_was_asked_for(analyze, name):
    for asked in (name, f"{name}@6"):
        score = analyze(RUDE, asked).json["attributeScores"][asked]
        assert 0 < score["summaryScore"]["value"] < 1
        assert score["summaryScore"]["type"] == "PROBABILITY"
        [span] = score["spanScores"]
        assert (span["begin"], span["end"]) == (0, len(RUDE))


def test_snake_case_is_read_too(client, key):
    body = {
        "comment": {"text": KIND},
        "requested_attributes": {"TOXICITY": {"score_threshold": 0.5}},
        "span_annotations": True,
        "client_token": "t1",
        "do_not_store": False,
    }
    answer = client.post(f"/comments:analyze?key={key}", json=body)
    assert answer.json == {
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "t1",
    }


def test_sentences_are_placed_as_javascript_counts(analyze):
    text = f"😀😀 {KIND}\n{RUDE} 🚋"
    scores = analyze(text, "TOXICITY", "INSULT", spanAnnotations=True).json["attributeScores"]
    units = text.encode("utf-16-le")
    for name in ("TOXICITY", "INSULT"):
        spans = scores[name]["spanScores"]
        excerpts = [units[2 * s["begin"] : 2 * s["end"]].decode("utf-16-le") for s in spans]
        assert excerpts == [f"😀😀 {KIND}", RUDE, "🚋"]
        assert spans[1]["score"]["value"] > 0.8 > spans[0]["score"]["value"]


def test_an_attribute_at_or_below_its_threshold_is_left_out(analyze):
    requested = {"TOXICITY": {"scoreThreshold": 0.5}, "SPAM": {"scoreThreshold": 0.9}}
    answer = analyze(RUDE, requestedAttributes=requested)
    assert set(answer.json["attributeScores"]) == {"TOXICITY"}
    assert "attributeScores" not in analyze(KIND, requestedAttributes=requested).json


def test_the_languages_of_the_request_come_back_and_ours_beside_them(analyze):
    text = "Was für ein schöner Tag, ich danke allen für diesen Artikel."
    answer = analyze(text, languages=["en"])
    assert answer.json["languages"] == ["en"]
    assert answer.json["detectedLanguages"] == ["de"]
    assert analyze(text).json["languages"] == ["de"]


def test_nothing_of_a_text_is_stored(analyze, redis, analyst):
    for more in ({}, {"doNotStore": False}):
        assert analyze("A sentence unlike any other.", **more).status_code == 200
    analyst.meter.flush()
    for name in redis.scan_iter("*"):
        kind = redis.type(name)
        held = redis.hgetall(name) if kind == "hash" else redis.get(name)
        assert "unlike" not in str(held)


def test_an_html_comment_is_read_without_its_markup_by_the_lenient(analyze, make_key):
    lenient = make_key(manner="lenient")
    html = {"text": f"<p>{RUDE}</p>", "type": "HTML"}
    answer = analyze("", key=lenient, comment=html)
    assert value(answer) > 0.8


class TestWhatHasNoScore:
    """An unscored comment must never look like a harmless one: Coral publishes on an error."""

    def test_a_language_without_a_model_is_refused_to_the_strict(self, analyze, strict):
        assert analyze(DUTCH, key=strict).status_code == 400

    def test_it_is_one_for_everybody_else(self, analyze):
        assert value(analyze(DUTCH)) == 1

    def test_it_is_one_for_coral(self, analyze):
        answer = analyze(DUTCH, headers=CORAL, languages=["en"])
        assert value(answer) == 1
        assert answer.json["detectedLanguages"] == ["nl"]

    def test_it_is_what_the_key_says(self, analyze, make_key):
        lenient = make_key(manner="lenient", unscored=0.7)
        assert value(analyze(DUTCH, key=lenient)) == 0.7

    def test_a_strict_key_is_strict_with_coral_too(self, analyze, make_key):
        assert analyze(DUTCH, key=make_key(manner="strict"), headers=CORAL).status_code == 400

    def test_toxicity_stands_in_for_what_a_language_lacks(self, analyze):
        text = "Du bist ein Idiot und ein Lügner, halt endlich den Mund."
        scores = analyze(text, "TOXICITY", "THREAT", headers=CORAL)
        assert value(scores, "THREAT") == value(scores, "TOXICITY")

    def test_a_text_without_end_is_one_for_coral(self, analyze):
        assert value(analyze("word " * 5000, headers=CORAL)) == 1


def test_a_correction_is_kept_and_the_latest_counts(client, make_key, news, redis):
    key = make_key(site="news")
    for score in (1, 0):
        body = {
            "comment": {"text": RUDE},
            "context": {"entries": [{"text": '{"url": "https://news.example/a"}'}]},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": score}}},
            "languages": ["en"],
            "communityId": "Coral:https://coral.example",
            "clientToken": "comment:C1",
        }
        answer = client.post(f"/v1alpha1/comments:suggestscore?key={key}", json=body)
        assert answer.json == {
            "clientToken": "comment:C1",
            "detectedLanguages": ["en"],
            "requestedLanguages": ["en"],
        }
    [label] = labels.every(redis, "news")
    assert (label.text, label.scores, label.token) == (RUDE, {"TOXICITY": 0}, "comment:C1")
    assert list(labels.every(redis, "")) == []


FRENCH = "attardé"


@pytest.mark.parametrize("tag", ["fr", "fr-CA"])
def test_a_named_language_is_believed_of_a_text_that_does_not_show_its_own(
    analyze, scorer, strict, tag
):
    """Unnamed the word is taken for Swedish."""
    assert analyze(FRENCH, key=strict).status_code == 400

    answer = analyze(FRENCH, languages=[tag], key=strict)
    [scores] = scorer.score([FRENCH], ["fr"])
    assert value(answer) == pytest.approx(scores["TOXICITY"], abs=1e-6)
    assert answer.json["languages"] == [tag]
    assert answer.json["detectedLanguages"] == ["sv"]


def test_of_several_named_languages_the_text_decides(analyze, strict):
    assert analyze(FRENCH, languages=["fr", "de"], key=strict).status_code == 400
    assert value(analyze(RUDE, languages=["fr", "en"])) == value(analyze(RUDE))


def test_a_named_language_does_not_make_another_one_supported(analyze, strict):
    assert analyze(DUTCH, languages=["fr"], key=strict).status_code == 400
    assert analyze(FRENCH, languages=["fr", "nl"], key=strict).status_code == 400
