"""Perspective is asked too, nobody waits for it, and only both scores are kept."""

import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from service.analysis import shadow
from service.analysis.agreement import compare_shadows
from service.analysis.shadow import Shadow
from service.store.desk import shadows
from tests.wire.conftest import DUTCH, KIND, RUDE
from tests.wire.test_batch import MIXED, body, joined, part


class Perspective(ThreadingHTTPServer):
    """Stands in for Google: each attribute has the score 0.75, or the answer is `said`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked, self.said, self.may_answer = [], None, threading.Event()
        self.may_answer.set()
        self.url = f"http://127.0.0.1:{self.server_port}/v1alpha1/comments:analyze?key=theirs"


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, sent))
        self.server.may_answer.wait(10)
        scores = {
            name: {"summaryScore": {"value": 0.75, "type": "PROBABILITY"}}
            for name in sent["requestedAttributes"]
        }
        answer = json.dumps({"attributeScores": scores}).encode()
        answer = answer if self.server.said is None else self.server.said
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def perspective():
    server = Perspective()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.may_answer.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def analyze(app, core, perspective, client, key):
    analyst = app.extensions["folkmoot.analyst"]
    shadowed = replace(analyst, shadow=Shadow(core, perspective.url))
    app.extensions["folkmoot.analyst"] = shadowed

    def analyze(text, *names, **more):
        sent = body(text, requestedAttributes={name: {} for name in names or ["TOXICITY"]}, **more)
        answer = client.post(f"/comments:analyze?key={key}", json=sent)
        assert answer.status_code == 200
        return answer.json

    return analyze


def eventually(redis, count):
    end = time.monotonic() + 10
    while len(kept := list(shadows.every(redis))) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(kept) == count
    return kept


def test_both_scores_are_kept_and_nothing_else(analyze, perspective, redis):
    ours = analyze(RUDE, "TOXICITY@6", "INSULT", "FLIRTATION", languages=["en"])
    [pairs] = eventually(redis, 1)
    values = {name: at["summaryScore"]["value"] for name, at in ours["attributeScores"].items()}
    assert pairs == {
        "TOXICITY": (pytest.approx(values["TOXICITY@6"], abs=1e-6), 0.75),
        "INSULT": (pytest.approx(values["INSULT"], abs=1e-6), 0.75),
    }
    assert "idiot" not in str(redis.lrange("fm:shadows", 0, -1))
    [(path, asked)] = perspective.asked
    assert path.endswith("?key=theirs")
    assert asked["doNotStore"] is True
    assert (asked["comment"], asked["languages"]) == ({"text": RUDE}, ["en"])
    assert set(asked["requestedAttributes"]) == {"TOXICITY@6", "INSULT"}


def test_a_batch_is_shadowed_too(analyze, client, key, redis):
    call = part(f"POST /v1alpha1/comments:analyze?key={key} HTTP/1.1", body(RUDE))
    client.post("/batch", data=joined(call, call), content_type=MIXED)
    eventually(redis, 2)


def test_a_text_of_which_we_know_nothing_is_not_sent(analyze, perspective, redis):
    analyze(DUTCH)
    analyze(KIND)
    eventually(redis, 1)
    assert [asked["comment"]["text"] for _, asked in perspective.asked] == [KIND]


def test_nobody_waits_for_perspective(analyze, perspective, redis):
    perspective.may_answer.clear()
    begun = time.monotonic()
    for number in range(3 * shadow.WAITING):
        analyze(f"{KIND} {number}")
    assert time.monotonic() - begun < 8
    perspective.may_answer.set()
    eventually(redis, shadow.WAITING + 1)


@pytest.mark.parametrize(
    "said",
    [
        *(b"{", b"[]", b"{}", b'{"attributeScores": [1]}', b'{"attributeScores": {"TOXICITY": 1}}'),
        b'{"attributeScores": {"TOXICITY": {"summaryScore": {"value": NaN}}}}',
    ],
)
def test_whatever_perspective_says_the_next_text_is_compared(analyze, perspective, redis, said):
    perspective.said = said
    analyze(KIND)
    while len(perspective.asked) < 1:
        time.sleep(0.01)
    analyze(KIND)
    while len(perspective.asked) < 2:
        time.sleep(0.01)
    perspective.said = None
    analyze(RUDE)
    eventually(redis, 1)


def test_agreement_and_thresholds_follow_from_the_pairs():
    rows = [{"TOXICITY": (number / 200, number / 100)} for number in range(101)]
    [toxicity] = compare_shadows(rows)
    assert (toxicity.agreement.attribute, toxicity.agreement.labels) == ("TOXICITY", 101)
    assert (toxicity.agreement.missed, toxicity.agreement.false) == (50, 0)
    assert toxicity.thresholds[0.5] == pytest.approx(0.2525)
    assert toxicity.thresholds[0.9] is None
    assert compare_shadows([]) == []
