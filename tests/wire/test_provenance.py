"""Answers with scores name the model, and say plainly where a score is zero-shot."""

import pytest

from service.scoring import Scorers
from service.web.http.provenance import MODEL
from tests.models.encoding.artifact import two_tiers
from tests.wire.conftest import DUTCH, KIND

SPANISH = "Ustedes no saben lo que dicen, y además la ciudad está muy bonita hoy."
GERMAN = "Vielen Dank für diesen schönen Artikel über die Straßenbahn."
ASKED = {"TOXICITY": {}}


@pytest.fixture(scope="module")
def scorers(tmp_path_factory):
    return Scorers(two_tiers(tmp_path_factory.mktemp("model") / "two"))


@pytest.fixture
def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def perspective(client, key, text):
    sent = {"comment": {"text": text}, "requestedAttributes": ASKED}
    return client.post(f"/v1alpha1/comments:analyze?key={key}", json=sent)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (KIND, "; read=twice"),
        (GERMAN, "; read=once"),
        (SPANISH, "; read=zero-shot-unmeasured"),
    ],
)
def test_every_protocol_with_scores_says_how_a_text_was_read(
    client, key, bearer, scorers, text, read
):
    answers = [
        perspective(client, key, text),
        client.post("/v1/moderations", json={"input": text}, headers=bearer),
        client.post("/api/v1/analyze", json={"texts": [text]}, headers=bearer),
    ]
    assert [answer.headers[MODEL] for answer in answers] == [scorers.of().model + read] * 3


def test_of_several_texts_the_least_certain_one_counts(client, bearer, scorers):
    sent = {"texts": [KIND, SPANISH, DUTCH, GERMAN]}
    answer = client.post("/api/v1/analyze", json=sent, headers=bearer)

    assert answer.headers[MODEL] == f"{scorers.of().model}; read=zero-shot-unmeasured"
    depths = [result["depth"] for result in answer.json["results"]]
    assert depths == ["twice", "zero-shot-unmeasured", "", "once"]


def test_a_language_that_is_read_zero_shot_is_supported(client, key):
    sent = {"comment": {"text": SPANISH}, "requestedAttributes": ASKED, "languages": ["es"]}
    answer = client.post(f"/v1alpha1/comments:analyze?key={key}", json=sent)
    assert answer.status_code == 200
    assert answer.json["languages"] == ["es"]
