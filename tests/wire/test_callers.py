"""Programs that call Perspective: each asks as its source does, and finds what it reads."""

import json

import pytest

from service.store.desk import labels
from tests.wire.conftest import DUTCH, KIND, RUDE

PATH = "/v1alpha1/comments:analyze"
JSON = {"Content-Type": "application/json"}
TOXIC = ["TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT"]
BRIDGING = ["REASONING", "PERSONAL_STORY", "AFFINITY", "COMPASSION", "RESPECT", "CURIOSITY"]
OUTRAGE = ["FEARMONGERING", "GENERALIZATION", "SCAPEGOATING", "MORAL_OUTRAGE", "ALIENATION"]
EXPERIMENTAL = [f"{name}_EXPERIMENTAL" for name in (*BRIDGING, *OUTRAGE)]


def wanted(names):
    return {name: {} for name in names}


def comment(text, names, **more):
    return {"comment": {"text": text}, "requestedAttributes": wanted(names), **more}


@pytest.fixture
def send(client, key):
    """Send what a program sends; `KEY` is replaced wherever it puts its key."""

    def send(path, body, headers=JSON, key=key):
        raw = body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))
        shown = {name: value.replace("KEY", key) for name, value in headers.items()}
        return client.post(path.replace("KEY", key), data=raw.encode(), headers=shown)

    return send


def values(answer, names):
    """Read the answer as nearly every program does; a missing name breaks it."""
    assert answer.status_code == 200, answer.json
    scores = answer.json["attributeScores"]
    return [scores[name]["summaryScore"]["value"] for name in names]


PHP = (
    '{"comment":{"text":"%s"},"languages":["en"],"requestedAttributes":{"TOXICITY":[],"INSULT":[]}}'
)
SNAKE = {
    "comment": {"text": RUDE},
    "requested_attributes": {name: {"score_threshold": 0} for name in TOXIC},
    "languages": ["en"],
    "do_not_store": True,
    "span_annotations": False,
}
PROXY = comment(
    RUDE,
    ["TOXICITY"],
    context={"entries": [{"text": KIND, "type": "PLAIN_TEXT"}]},
    clientToken="proxy",
    spanAnnotations=True,
)
TUNE = comment(
    RUDE,
    [*TOXIC, "SEXUALLY_EXPLICIT", "LIKELY_TO_REJECT"],
    languages=["en"],
    communityId="chrome_extension/tune",
    sessionId="123",
    doNotStore=True,
)
CALLS = {
    "greenearth-social/api": (f"{PATH}?key=KEY", comment(RUDE, [*EXPERIMENTAL, *TOXIC]), JSON),
    "ranking-challenge-perspective": (
        f"{PATH}?key=KEY",
        comment(RUDE, ["CONSTRUCTIVE_EXPERIMENTAL", *EXPERIMENTAL, "TOXICITY"], languages=["en"]),
        JSON,
    ),
    "pokemon-showdown": (
        f"{PATH}?key=KEY",
        {
            "languages": ["en"],
            "requestedAttributes": wanted([*TOXIC, "SEXUALLY_EXPLICIT", "FLIRTATION"]),
            "comment": {"text": RUDE},
        },
        JSON,
    ),
    "x26-Cogs Defender": (
        f"{PATH}?key=KEY",
        comment(RUDE, ["TOXICITY", "FLIRTATION", "INCOHERENT", "UNSUBSTANTIAL"]),
        JSON,
    ),
    "harassment-manager": (f"{PATH}?key=KEY&alt=json", SNAKE, JSON),
    "perspectiveapi-proxy": (f"{PATH}?key=KEY&alt=json", PROXY, JSON),
    "perspective-viewership-extension": (PATH, TUNE, JSON | {"Authorization": "Bearer KEY"}),
    "tttc-light-js": (
        PATH,
        comment(RUDE, [*EXPERIMENTAL[:3], "TOXICITY"], doNotStore=True),
        JSON | {"X-goog-api-key": "KEY"},
    ),
    "dify-plugin-moderation-perspective-api": (
        PATH,
        comment(RUDE, TOXIC),
        JSON | {"x-goog-api-key": "KEY"},
    ),
    "conversationai-moderator-reddit": (
        f"{PATH}?key=KEY",
        comment(RUDE, ["TOXICITY", "ATTACK_ON_AUTHOR"], doNotStore=True),
        {},
    ),
    "a WordPress plugin": (f"{PATH}?key=KEY", PHP % RUDE, JSON | {"Accept": "*/*"}),
    "freema/perspective-api-bundle": (
        f"{PATH}?key=KEY",
        comment(RUDE, TOXIC, languages=["en"]),
        JSON | {"Accept": "*/*"},
    ),
    # It takes an answer without scores for 0.
    "discourse-perspective-api": (
        f"{PATH}?key=KEY",
        {
            "comment": {"text": RUDE},
            "doNotStore": True,
            "sessionId": "https://forum.example_7",
            "requestedAttributes": {"TOXICITY": {"scoreType": "PROBABILITY"}},
        },
        JSON | {"Accept": "*/*", "User-Agent": "Discourse/3.4.0"},
    ),
    "4cat": (f"{PATH}?key=KEY&alt=json", comment(RUDE, TOXIC), JSON),
    "polis": (
        f"{PATH}?key=KEY",
        comment(RUDE, ["TOXICITY"], languages=["en"], doNotStore=True),
        JSON,
    ),
    "sm-perspective-api": (f"{PATH}?key=KEY", comment(RUDE, [*TOXIC, "SPAM"]), JSON),
}


@pytest.mark.parametrize("program", CALLS)
def test_a_program_finds_every_number_it_asks_for(send, program):
    path, body, headers = CALLS[program]
    sent = json.loads(body) if isinstance(body, str) else body
    names = list(sent.get("requestedAttributes") or sent["requested_attributes"])
    answer = send(path, body, headers)
    found = dict(zip(names, values(answer, names), strict=True))
    assert all(0 <= value <= 1 for value in found.values())
    assert found.get("TOXICITY", 1) > 0.8
    # In another language, too: most of them publish what they get an error for.
    told = values(send(path, json.dumps(sent).replace(RUDE, DUTCH), headers), names)
    assert dict(zip(names, told, strict=True)).get("TOXICITY", 1) == 1


def test_green_earth_learns_why_if_its_key_is_strict(send, strict):
    asked = comment(DUTCH, [*EXPERIMENTAL, *TOXIC])
    refused = send(f"{PATH}?key=KEY", asked, key=strict).json["error"]
    assert refused["details"][0]["errorType"] == "INVALID_REQUEST"
    refused = send(f"{PATH}?key=KEY", comment(DUTCH, TOXIC), key=strict).json["error"]
    assert refused["details"][0]["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    language = refused["details"][0]["languageNotSupportedByAttributeError"]
    assert language["detectedLanguages"] == ["nl"]


def test_a_go_bot_asks_again_in_english_on_these_words(send, strict):
    body = comment("ok", []) | {
        "requestedAttributes": {name: {"scoreThreshold": 0.01} for name in TOXIC},
        "comment": {"text": DUTCH, "type": "PLAIN_TEXT"},
    }
    refused = send(f"{PATH}?alt=json&prettyPrint=false&key=KEY", body, key=strict)
    assert refused.status_code == 400
    assert refused.json["error"]["message"] == (
        "Attribute TOXICITY does not support request languages: nl"
    )


def test_real_toxicity_prompts_reads_spans_of_one_type(send):
    body = comment(f"{KIND}\n{RUDE}", [*TOXIC, "FLIRTATION"], spanAnnotations=True)
    for score in send(f"{PATH}?key=KEY&alt=json", body).json["attributeScores"].values():
        assert score["summaryScore"]["type"] == "PROBABILITY"
        assert [(span["begin"], span["end"]) for span in score["spanScores"]] == [
            (0, len(KIND)),
            (len(KIND) + 1, len(KIND) + 1 + len(RUDE)),
        ]
        assert {span["score"]["type"] for span in score["spanScores"]} == {"PROBABILITY"}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (
            {
                "comment": {"text": RUDE},
                "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
            },
            JSON,
        ),
        (
            {
                "comment": {"text": RUDE},
                "attribute_scores": {"TOXICITY": {"summary_score": {"value": 1}}},
                "community_id": "chrome_extension/tune",
                "session_id": "123",
                "client_token": "authorship_1",
            },
            JSON | {"Authorization": "Bearer KEY"},
        ),
    ],
    ids=["pokemon-showdown", "perspective-viewership-extension"],
)
def test_a_program_may_correct_us(send, redis, body, headers):
    path = "/v1alpha1/comments:suggestscore"
    answer = send(path if "Authorization" in headers else f"{path}?key=KEY", body, headers)
    assert answer.status_code == 200, answer.json
    assert [label.scores for label in labels.every(redis, "")] == [{"TOXICITY": 1}]


def test_librechat_denies_what_is_flagged(client, key):
    """It sends no model, to a full address from its settings."""
    sent = {"headers": JSON | {"Authorization": f"Bearer {key}"}}
    for text, flagged in ((RUDE, True), (KIND, False)):
        answer = client.post("/v1/moderations", data=json.dumps({"input": text}), **sent)
        assert any(result["flagged"] for result in answer.json["results"]) is flagged
