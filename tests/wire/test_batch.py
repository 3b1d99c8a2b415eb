"""Google's batches: many calls in one request, answered each by itself."""

import json
from email import message_from_bytes

import pytest

from tests.wire.conftest import DUTCH, KIND, RUDE

PATHS = ["/batch", "/batch/commentanalyzer/v1alpha1"]
BOUNDARY = "===============7330845974216740156=="
MIXED = f'multipart/mixed; boundary="{BOUNDARY}"'
ANALYZE = "POST /v1alpha1/comments:analyze?key={}&alt=json HTTP/1.1"


def body(text=RUDE, **more):
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}


def part(line, sent, *headers, number=0, end="\n"):
    """One call as google-api-python-client writes it."""
    outer = ("Content-Type: application/http", "MIME-Version: 1.0", f"Content-ID: <b + {number}>")
    inner = (line, "Content-Type: application/json", "Host: comments.example", *headers)
    content = sent if isinstance(sent, str) else json.dumps(sent)
    return end.join([*outer, "", *inner, "", content])


def joined(*parts, end="\n"):
    pieces = [f"--{BOUNDARY}{end}{piece}{end}" for piece in parts]
    return "".join([*pieces, f"--{BOUNDARY}--{end}"]).encode()


@pytest.fixture
def send(client):
    """Send a batch, and return its answers by their ids: status, headers and content."""

    def send(content, path="/batch", kind=MIXED, **more):
        answer = client.post(path, data=content, content_type=kind, **more)
        assert answer.status_code == 200, answer.text
        head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode()
        return [read(piece) for piece in message_from_bytes(head + answer.data).get_payload()]

    return send


def read(piece):
    assert piece["Content-Type"] == "application/http"
    line, _, rest = piece.get_payload(decode=True).partition(b"\r\n")
    inner = message_from_bytes(rest)
    content = inner.get_payload(decode=True)
    assert int(inner["Content-Length"]) == len(content)
    return piece["Content-ID"], int(line.split()[1]), inner, json.loads(content)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_call_has_its_own_answer_in_the_order_of_the_calls(send, key, path, end):
    sent = [KIND, RUDE, DUTCH, ""]
    parts = [
        part(ANALYZE.format(key), body(text), number=number, end=end)
        for number, text in enumerate(sent)
    ]
    answers = send(joined(*parts, end=end), path)
    assert [id_ for id_, *_ in answers] == [f"<response-b + {number}>" for number in range(4)]
    assert [status for _, status, *_ in answers] == [200, 200, 200, 400]
    kind, rude, dutch = (
        answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] for *_, answer in answers[:3]
    )
    assert kind < 0.5 < rude < dutch == 1
    assert answers[3][3]["error"]["details"][0]["errorType"] == "COMMENT_EMPTY"
    assert answers[2][2]["Folkmoot-Substituted"] == "TOXICITY"


def test_a_batch_scores_as_single_calls_do(send, client, key):
    sent = [
        body(f"{KIND}\n{RUDE} 🚋", spanAnnotations=True, clientToken="a"),
        body("attardé", languages=["fr"]),
        body(RUDE, requestedAttributes={"INSULT": {"scoreThreshold": 0.1}, "THREAT": {}}),
    ]
    batched = send(joined(*[part(ANALYZE.format(key), one) for one in sent]))
    for one, (*_, answer) in zip(sent, batched, strict=True):
        assert answer == client.post(f"/comments:analyze?key={key}", json=one).json


def test_the_texts_of_a_batch_are_scored_at_once(send, key, analyst, monkeypatch):
    counts = []
    scorer_of = type(analyst).scorer

    class Counting:
        def __init__(self, scorer):
            self._scorer = scorer

        def read(self, sent, languages=()):
            counts.append(len(sent))
            return self._scorer.read(sent, languages)

        def __getattr__(self, name):
            return getattr(self._scorer, name)

    monkeypatch.setattr(type(analyst), "scorer", lambda *given: Counting(scorer_of(*given)))
    send(joined(*[part(ANALYZE.format(key), body(f"{KIND} {n}")) for n in range(25)]))
    assert counts == [25]


def test_a_key_may_stand_with_each_call_or_with_the_batch(send, key, strict):
    bare = "POST /v1alpha1/comments:analyze HTTP/1.1"
    parts = (
        part(bare, body()),
        part(bare, body(DUTCH), f"X-Goog-Api-Key: {strict}"),
        part(bare, body(), "Authorization: Bearer wrong"),
    )
    answers = send(joined(*parts), headers={"Authorization": f"Bearer {key}"})
    assert [status for _, status, *_ in answers] == [200, 400, 400]
    assert "does not support request languages" in answers[1][3]["error"]["message"]
    assert [status for _, status, *_ in send(joined(*parts))] == [403, 400, 400]


def test_each_call_is_charged(send, make_key):
    key = make_key(quota="2/minute")
    answers = send(joined(*[part(ANALYZE.format(key), body())] * 3))
    assert [status for _, status, *_ in answers] == [200, 200, 429]
    assert int(answers[2][2]["Retry-After"]) >= 1


def test_a_wrong_call_spoils_no_other_one(send, key):
    correction = {
        "comment": {"text": RUDE},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}},
    }
    answers = send(
        joined(
            part(f"POST /v1alpha1/comments:suggestscore?key={key} HTTP/1.1", correction),
            part(f"GET /v1alpha1/comments:analyze?key={key} HTTP/1.1", ""),
            part(f"POST /batch?key={key} HTTP/1.1", "{}"),
            part("nonsense", "{}"),
            part(ANALYZE.format(key), "{"),
            part(ANALYZE.format(key), body()),
        )
    )
    assert [status for _, status, *_ in answers] == [200, 404, 404, 400, 400, 200]
    assert all("error" in answer for *_, answer in answers[1:5])


def test_an_id_may_be_a_text_that_is_folded(send, key):
    """HELM names each call by its text, and long headers are broken into lines."""
    folded = part(ANALYZE.format(key), body()).replace("<b + 0>", "<b +\n You%20are%21>")
    [(id_, status, *_)] = send(joined(folded))
    assert (id_, status) == ("<response-b + You%20are%21>", 200)


def test_too_many_calls_are_refused_before_any_is_answered(client, make_key):
    key = make_key(quota="100/minute")
    calls = [part(ANALYZE.format(key), body("ok"))] * 1000
    answer = client.post("/batch", data=joined(*calls), content_type=MIXED)
    assert (answer.status_code, answer.json["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert "Value (1000) exceeded limit (100)" in answer.json["error"]["message"]
    whole = client.post("/batch", data=joined(*calls[:100]), content_type=MIXED)
    assert whole.status_code == 200
    assert b" 429 " not in whole.data


def test_a_batch_of_ten_megabytes_is_refused(client, key):
    content = joined(part(ANALYZE.format(key), body("x" * 10_000_000)))
    answer = client.post("/batch", data=content, content_type=MIXED)
    assert (answer.status_code, answer.json["error"]["code"]) == (413, 413)
    assert "exceeds the limit" in answer.json["error"]["message"]


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/mixed", 'multipart/mixed; boundary=""']
)
def test_what_is_no_batch_is_told_so_to_those_with_a_key(client, key, kind):
    refused = client.post("/batch", data=b"{}", content_type=kind)
    assert (refused.status_code, refused.json["error"]["status"]) == (403, "PERMISSION_DENIED")
    told = client.post(f"/batch?key={key}", data=b"{}", content_type=kind)
    assert (told.status_code, told.json["error"]["status"]) == (400, "INVALID_ARGUMENT")
