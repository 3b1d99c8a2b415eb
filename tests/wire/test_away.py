"""Without the store, requests that need it fail in their protocol, and others still work."""

from dataclasses import replace

import pytest

from service.app import create_app
from tests.wire.conftest import KIND, RUDE, SPAMMY


@pytest.fixture
def client(core, away, key, scorers):
    """A process that has never reached the store."""
    app = create_app(replace(core, redis=away))
    analyst = app.extensions["folkmoot.analyst"]
    app.extensions["folkmoot.analyst"] = replace(analyst, scorers=scorers)
    return app.test_client()


def test_texts_are_scored(client, key):
    body = {"comment": {"text": RUDE}, "requestedAttributes": {"TOXICITY": {}}}
    assert client.post(f"/comments:analyze?key={key}", json=body).status_code == 200
    sent = {"api_key": key, "comment_content": SPAMMY}
    assert client.post("/1.1/comment-check", data=sent).text == "true"
    bearer = {"Authorization": f"Bearer {key}"}
    assert client.post("/v1/moderations", json={"input": KIND}, headers=bearer).status_code == 200
    answer = client.post("/api/v1/analyze", json={"texts": [KIND]}, headers=bearer)
    assert answer.status_code == 200
    answer = client.get(f"/1.2/usage-limit?api_key={key}").json
    assert answer["usage"] == 0


def test_labels_cannot_be_kept(client, key):
    scores = {"TOXICITY": {"summaryScore": {"value": 1}}}
    body = {"comment": {"text": RUDE}, "attributeScores": scores}
    answer = client.post(f"/comments:suggestscore?key={key}", json=body)
    assert (answer.status_code, answer.json["error"]["status"]) == (503, "UNAVAILABLE")
    sent = {"api_key": key, "comment_content": SPAMMY}
    answer = client.post("/1.1/submit-spam", data=sent)
    assert (answer.status_code, answer.text) == (503, "invalid")
    assert client.get(f"/1.2/key-sites?api_key={key}").status_code == 503


class TestWithoutAClassifier:
    """A broken model: strict callers get an error, and nothing looks harmless."""

    @pytest.fixture
    def client(self, core, tmp_path):
        app = create_app(core, model=tmp_path)
        yield app.test_client()
        app.extensions["folkmoot.analyst"].meter.flush()

    def test_nothing_passes_for_harmless(self, client, key, make_key):
        body = {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}
        strict = client.post(f"/comments:analyze?key={make_key(manner='strict')}", json=body)
        assert (strict.status_code, strict.json["error"]["status"]) == (503, "UNAVAILABLE")
        lenient = client.post(f"/comments:analyze?key={key}", json=body)
        assert lenient.headers["Folkmoot-Substituted"] == "TOXICITY"
        assert "Folkmoot-Model" not in lenient.headers
        assert lenient.json["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 1
        sent = {"api_key": key, "comment_content": KIND}
        assert client.post("/1.1/comment-check", data=sent).text == "true"
        bearer = {"Authorization": f"Bearer {key}"}
        answer = client.post("/v1/moderations", json={"input": KIND}, headers=bearer)
        assert answer.json["results"][0]["flagged"]
        answer = client.post("/api/v1/analyze", json={"texts": [KIND]}, headers=bearer)
        assert answer.json["type"] == "/problems/not-scored"
