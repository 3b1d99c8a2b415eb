"""Perspective's requests as programs really write them."""

import json
from http import HTTPStatus

import pytest

from service.store.desk import labels
from service.web.wire import refusal
from tests.wire.conftest import KIND, RUDE

ANALYZE = "/v1alpha1/comments:analyze"
SUGGEST = "/v1alpha1/comments:suggestscore"


@pytest.fixture
def post(client, key):
    """Send bytes or an object, with the key in the address unless told otherwise."""

    def post(body, path=f"{ANALYZE}?key=KEY", **more):
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {name: at.replace("KEY", key) for name, at in more.pop("headers", {}).items()}
        return client.post(path.replace("KEY", key), data=sent, headers=headers, **more)

    return post


def value(answer, name="TOXICITY"):
    assert answer.status_code == 200, answer.json
    return answer.json["attributeScores"][name]["summaryScore"]["value"]


class TestPhp:
    """`json_encode` writes an array without members as a list."""

    @pytest.mark.parametrize("options", ["[]", "{}", "null"])
    def test_an_attribute_without_options(self, post, options):
        body = f'{{"comment":{{"text":"{RUDE}"}},"requestedAttributes":{{"TOXICITY":{options}}}}}'
        assert value(post(body.encode())) > 0.8

    def test_other_things_without_members(self, post):
        body = {"comment": {"text": RUDE}, "requestedAttributes": {"TOXICITY": []}}
        empty = {"languages": [], "context": [], "clientToken": None}
        assert value(post(body | empty)) > 0.8
        for wrong, says in (
            ({"requestedAttributes": []}, "Missing requested_attributes"),
            ({"comment": []}, "Comment must be non-empty."),
            ({"context": [1]}, "Invalid value at 'context' (TYPE_MESSAGE)"),
        ):
            answer = post(body | wrong)
            assert (answer.status_code, answer.json["error"]["message"]) == (400, says)


class TestNoJson:
    """What Google's own first quickstart had readers type."""

    QUICKSTART = f"""{{comment: {{text: "{RUDE}
and more"}},
       languages: ["en"],
       requestedAttributes: {{TOXICITY:{{}}}} }}""".encode()

    @pytest.mark.parametrize(
        "kind", [None, "application/json", "text/plain", "application/x-www-form-urlencoded", "?"]
    )
    def test_it_is_read_whatever_it_is_called(self, post, kind):
        assert value(post(self.QUICKSTART, content_type=kind)) > 0.8

    def test_half_of_it_is_refused_in_the_protocols_words(self, post):
        answer = post(self.QUICKSTART[:-3])
        assert answer.status_code == 400
        assert answer.json["error"]["message"].startswith("Invalid JSON payload received.")


BODY = {"comment": {"text": RUDE}, "requestedAttributes": {"TOXICITY": {}}}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (ANALYZE, {"x-goog-api-key": "KEY"}),
        (ANALYZE, {"X-GOOG-API-KEY": "KEY"}),
        (ANALYZE, {"authorization": "bearer KEY"}),
        (f"{ANALYZE}?key=KEY", {"X-Goog-Api-Key": "KEY", "Authorization": "Bearer KEY"}),
        (f"{ANALYZE}?key=", {"X-Goog-Api-Key": "KEY"}),
        (f"{ANALYZE}?key=AIzaOld", {"X-Goog-Api-Key": "KEY"}),
        (f"{ANALYZE}?key=KEY", {"Authorization": "Bearer ya29.old"}),
        (f"{ANALYZE}?key=KEY&key=x", {}),
    ],
    ids=str,
)
def test_a_key_is_found_wherever_it_is(post, path, headers):
    assert value(post(BODY, path, headers=headers)) > 0.8


def test_a_strangers_key_beside_none_of_ours_is_refused(post):
    answer = post(BODY, f"{ANALYZE}?key=AIzaOld", headers={"Authorization": "Bearer ya29.old"})
    assert "API key not valid" in answer.json["error"]["message"]


@pytest.mark.parametrize("written", [True, "true", "True"])
def test_flags_may_be_words(post, written):
    spans = post(BODY | {"comment": {"text": f"{KIND} {RUDE}"}, "spanAnnotations": written}).json
    assert len(spans["attributeScores"]["TOXICITY"]["spanScores"]) == 2
    whole = post(BODY | {"comment": {"text": f"{KIND} {RUDE}"}, "spanAnnotations": "false"}).json
    assert len(whole["attributeScores"]["TOXICITY"]["spanScores"]) == 1


@pytest.mark.parametrize("path", [SUGGEST, "/comments:suggestscore"])
def test_a_correction_needs_no_token(post, redis, path):
    """As bots send it; the community may be an address."""
    for text, score in ((RUDE, 1), (KIND, 1), (KIND, 0)):
        body = {
            "comment": {"text": text, "type": "PLAIN_TEXT"},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": score}}},
            "communityId": "discord/123/456",
        }
        answer = post(body, f"{path}?key=KEY")
        assert answer.json == {"detectedLanguages": ["en"], "requestedLanguages": []}
    kept = {label.text: label for label in labels.every(redis, "")}
    assert {text: label.scores["TOXICITY"] for text, label in kept.items()} == {RUDE: 1, KIND: 0}
    assert {label.community for label in kept.values()} == {"discord/123/456"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", ANALYZE, 405),
        ("PUT", "/comments:analyze", 405),
        ("POST", "/v1alpha1/comments:list", 404),
        ("GET", "/batch", 405),
        ("POST", "/$discovery/rest", 405),
    ],
)
def test_what_hits_no_method_is_told_so_in_googles_words(client, key, method, path, status):
    answer = client.open(f"{path}?key={key}", method=method)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, status)
    assert answer.json["error"]["status"]


@pytest.mark.parametrize("path", [ANALYZE, "/batch", "/$discovery/rest", "/comments:suggestscore"])
def test_who_comes_when_too_many_wait_is_told_in_googles_words(path):
    answer = refusal.of(refusal.protocol(path), HTTPStatus.SERVICE_UNAVAILABLE)
    assert json.loads(answer.data)["error"]["status"] == "UNAVAILABLE"


def test_other_protocols_have_words_for_it_too(client):
    assert client.get("/v1/moderations").json["error"]["type"]
    assert client.get("/1.1/comment-check").text == "invalid"
    assert client.get("/api/v1/analyze").json["type"] == "about:blank"
