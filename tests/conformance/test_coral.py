"""Coral's requests, byte for byte, over one keep-alive connection."""

import hashlib
import hmac
import json
import socket
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

from tests.wire.conftest import DUTCH, KIND, RUDE, SPAMMY

# Coral waits 0.8 s, which benchmarks/analyze.py measures; a test machine may be slower.
PATIENCE = 10.0
# The most that Coral reads of an answer.
MOST = 2 * 1024 * 1024
PERSPECTIVE = {"Content-Type": "application/json", "User-Agent": "Coral Perspective/9.11.8"}
PHASE = {"Content-Type": "application/json", "User-Agent": "Coral Moderation/9.11.8"}


@pytest.fixture
def connection(running):
    connection = HTTPConnection(urlsplit(running.url).netloc, timeout=PATIENCE)
    yield connection
    connection.close()


@pytest.fixture
def post(connection):
    def post(path, body, headers):
        sent = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
        connection.request("POST", path, sent, headers(sent) if callable(headers) else headers)
        answer = connection.getresponse()
        content = answer.read()
        assert len(content) < MOST
        assert not 300 <= answer.status < 400
        return answer.status, json.loads(content) if content else None

    return post


def analysis(text, model="TOXICITY", language="en"):
    return {
        "comment": {"text": text},
        "doNotStore": True,
        "requestedAttributes": {model: {}},
        "languages": [language],
    }


@pytest.mark.parametrize("path", ["/v1alpha1/comments:analyze", "/comments:analyze"])
@pytest.mark.parametrize("model", ["TOXICITY", "SEVERE_TOXICITY", "LIKELY_TO_REJECT", "INCOHERENT"])
def test_the_one_number_that_coral_reads_is_there(post, key, path, model):
    status, answer = post(f"{path}?key={key}", analysis(RUDE, model), PERSPECTIVE)
    assert status == 200
    assert 0 <= answer["attributeScores"][model]["summaryScore"]["value"] <= 1


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt"])
@pytest.mark.parametrize(
    "text", [RUDE, DUTCH, "🚋", "ok", "¿Qué tal?", "ça va", "Halt den Mund, du Idiot."]
)
def test_coral_never_hears_an_error_for_a_language(post, key, text, language):
    status, answer = post(
        f"/comments:analyze?key={key}", analysis(text, "THREAT", language), PERSPECTIVE
    )
    assert status == 200
    assert answer["languages"] == [language]
    assert "THREAT" in answer["attributeScores"]


def test_a_comment_we_cannot_read_is_above_every_threshold(post, key):
    _, answer = post(f"/comments:analyze?key={key}", analysis(DUTCH), PERSPECTIVE)
    assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 1


def test_a_decision_may_be_reversed(post, key):
    for value in (1, 0):
        ids = {"url": "https://news.example/a?commentID=C1", "reply_to_id_Coral_comment_id": "P1"}
        status, answer = post(
            f"/v1alpha1/comments:suggestscore?key={key}",
            {
                "comment": {"text": RUDE},
                "context": {"entries": [{"text": json.dumps(ids | {"Coral_comment_id": "C1"})}]},
                "attributeScores": {"TOXICITY": {"summaryScore": {"value": value}}},
                "languages": ["en"],
                "communityId": "Coral:https://coral.example",
                "clientToken": "comment:C1",
            },
            PERSPECTIVE,
        )
        assert (status, answer["clientToken"]) == (200, "comment:C1")


@pytest.fixture(scope="module")
def secrets(make_key):
    secrets = ("the first secret", "the second secret")
    make_key("--coral-secret", secrets[0], "--coral-secret", secrets[1])
    return secrets


class TestExternalPhase:
    """The phase is set up with a secret, which may be rotated."""

    @pytest.fixture
    def moderate(self, post):
        def moderate(text, *secrets):
            def headers(sent):
                signatures = (hmac.new(s.encode(), sent, hashlib.sha256) for s in secrets)
                shown = ",".join(f"sha256={signature.hexdigest()}" for signature in signatures)
                return PHASE | {"X-Coral-Signature": shown}

            body = {
                "action": "NEW",
                "comment": {"body": text, "parentID": None},
                "author": {"id": "u", "role": "COMMENTER"},
                "story": {"id": "s", "url": "https://news.example/a"},
                "site": {"id": "site"},
                "tenantID": "t",
                "tenantDomain": "coral.example",
            }
            return post("/coral/moderate", body, headers)

        return moderate

    def test_it_passes_holds_and_flags(self, moderate, secrets):
        assert moderate(f"<div>{KIND}</div>", secrets[0]) == (204, None)
        status, decision = moderate(f"<div>{RUDE}</div>", secrets[1])
        assert status == 200
        assert decision["status"] in ("SYSTEM_WITHHELD", "REJECTED")
        assert decision["actions"] == [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}]
        assert moderate(DUTCH, *secrets)[1] == {"status": "PREMOD"}

    def test_strangers_are_refused(self, moderate, secrets):
        assert moderate(KIND, "not a secret of ours")[0] == 401
        assert moderate(KIND)[0] == 401


def test_wordpress_speaks_http_1_0_and_sends_all_it_knows(running, key):
    host, port = urlsplit(running.url).hostname, urlsplit(running.url).port
    noise = {f"HTTP_X_{number}": "x" * 4000 for number in range(40)}
    body = urlencode(
        {"api_key": key, "blog": "https://n.example", "comment_content": SPAMMY, **noise}
    )
    head = (
        f"POST /1.1/comment-check HTTP/1.0\r\nHost: {host}:{port}\r\n"
        "User-Agent: WordPress/6.9 | Akismet/5.6\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((host, port), timeout=5) as wire:
        wire.sendall(head.encode() + body.encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    assert answer.split(b" ", 2)[1] == b"200"
    assert answer.endswith(b"\r\n\r\ntrue")
