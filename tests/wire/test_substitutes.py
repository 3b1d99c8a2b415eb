"""What has no score of its own is answered by another number, and the answer says so."""

import pytest

from service.analysis.attributes import BRIDGING, WITHOUT_SOURCE
from tests.wire.conftest import DUTCH, KIND, RUDE

GERMAN = "Du bist ein Idiot und ein Lügner, halt endlich den Mund."
SUBSTITUTED = "Folkmoot-Substituted"
# Green Earth asks for these fifteen, and adds them up by weights.
FEED = [
    *("REASONING", "PERSONAL_STORY", "AFFINITY", "COMPASSION", "RESPECT", "CURIOSITY"),
    *("FEARMONGERING", "GENERALIZATION", "SCAPEGOATING", "MORAL_OUTRAGE", "ALIENATION"),
]
FEED = [f"{name}_EXPERIMENTAL" for name in FEED] + ["TOXICITY", "IDENTITY_ATTACK", "INSULT"]


@pytest.fixture
def analyze(client, key):
    def analyze(text, *names, key=key, **more):
        body = {
            "comment": {"text": text},
            "requestedAttributes": {name: {} for name in names},
        } | more
        return client.post(f"/v1alpha1/comments:analyze?key={key}", json=body)

    return analyze


def values(answer):
    assert answer.status_code == 200, answer.json
    scores = answer.json.get("attributeScores", {})
    return {name: score["summaryScore"]["value"] for name, score in scores.items()}


def substituted(answer):
    return [name for name in answer.headers.get(SUBSTITUTED, "").split(", ") if name]


@pytest.mark.parametrize("name", sorted(WITHOUT_SOURCE))
def test_a_related_score_stands_in_for_what_has_no_source(analyze, name):
    asked = f"{name}_EXPERIMENTAL"
    assert values(analyze(RUDE, asked))[asked] > 0.8
    assert values(analyze(KIND, asked))[asked] < 0.2
    assert values(analyze(DUTCH, asked))[asked] == 1


@pytest.mark.parametrize("name", sorted(BRIDGING))
def test_a_good_quality_that_nobody_judged_is_neutral_and_never_favours_abuse(analyze, name):
    assert values(analyze(KIND, name))[name] == 0.5
    assert values(analyze(RUDE, name))[name] < 0.2
    assert values(analyze(DUTCH, name))[name] == 0


def test_no_number_is_missing_where_a_feed_is_ranked(analyze):
    for text in (KIND, RUDE, DUTCH, GERMAN):
        assert set(values(analyze(text, *FEED))) == set(FEED)


def test_the_answer_names_its_model_and_what_stands_in(analyze, scorer):
    answer = analyze(RUDE, *FEED, "OBSCENE")
    assert answer.headers["Folkmoot-Model"].startswith(f"{scorer.model}; read=")
    assert substituted(answer) == [*FEED[:-3], "OBSCENE"]
    assert substituted(analyze(RUDE, "TOXICITY", "TOXICITY_FAST", "THREAT@6")) == []
    german = analyze(GERMAN, "TOXICITY", "SEXUALLY_EXPLICIT")
    assert substituted(german) == ["SEXUALLY_EXPLICIT"]
    assert len(set(values(german).values())) == 1


def test_one_unknown_name_among_known_ones_spoils_nothing(analyze):
    answer = analyze(RUDE, "TOXICITY", "SARCASM_EXPERIMENTAL@2")
    assert values(answer)["SARCASM_EXPERIMENTAL@2"] >= values(answer)["TOXICITY"]
    assert substituted(answer) == ["SARCASM_EXPERIMENTAL@2"]


@pytest.mark.parametrize("names", [["KINDNESS"], ["TOXICITY", "kindness"], ["TOXICITY", "X\r\nY"]])
def test_what_cannot_be_an_attribute_is_refused(analyze, names):
    answer = analyze(RUDE, *names)
    assert answer.status_code == 400
    assert answer.json["error"]["message"] == f"Unknown requested attribute: {names[-1]}"


def test_a_strict_key_hears_of_the_unknown_one(analyze, strict):
    assert analyze(RUDE, "TOXICITY", "KINDNESS", key=strict).status_code == 400
    assert analyze(RUDE, "TOXICITY", "FLIRTATION", key=strict).status_code == 400


class TestDroppingTheUnsupported:
    """`dropUnsupportedAttributes`: without what the language lacks, instead of an error."""

    @pytest.mark.parametrize("manner", ["auto", "strict", "lenient"])
    def test_what_the_language_lacks_is_left_out(self, analyze, make_key, manner):
        key, drop = make_key(manner=manner), {"dropUnsupportedAttributes": True}
        answer = analyze(GERMAN, "SEXUALLY_EXPLICIT", "TOXICITY", "FLIRTATION", key=key, **drop)
        assert set(values(answer)) == {"TOXICITY"}
        assert substituted(answer) == []

    def test_the_last_one_is_not(self, analyze, strict):
        drop = {"drop_unsupported_attributes": True}
        assert values(analyze(DUTCH, "TOXICITY", "THREAT", **drop)) == {"TOXICITY": 1, "THREAT": 1}
        assert analyze(DUTCH, "TOXICITY", key=strict, **drop).status_code == 400
