"""Without a working store texts are still scored; nothing unscored looks harmless."""

import json
import os
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from benchmarks.serving import serving
from tests.wire.conftest import KIND, RUDE, SPAMMY

CORALS_PATIENCE = 0.8


@pytest.fixture(scope="module")
def own():
    """A separate installation whose store can be made to hang."""
    with serving("--no-demo") as running:
        wishes = ("--scope", "analyze", "--quota", "1000000/minute")
        key = running.folkmoot("key", "add", *wishes).split()[-1]
        _analyze(running, key, KIND)
        yield running, key


@pytest.fixture
def hanging(own):
    """Pause its store; it continues afterwards."""
    running, key = own
    store = _store(running.process.pid)
    os.kill(store, signal.SIGSTOP)
    yield running, key
    os.kill(store, signal.SIGCONT)


def test_scores_come_within_corals_patience(hanging):
    running, key = hanging
    latencies = []
    for number in range(40):
        start = time.monotonic()
        assert _analyze(running, key, RUDE if number % 2 else KIND) is (number % 2 == 1)
        latencies.append(time.monotonic() - start)
    # Most of them, since the test machine may be slow; the hanging store must not slow them down.
    assert sorted(latencies)[len(latencies) // 2] < CORALS_PATIENCE


def test_spam_is_told(hanging):
    running, key = hanging
    sent = f"api_key={key}&comment_content={urllib.parse.quote(SPAMMY)}".encode()
    assert _post(f"{running.url}/1.1/comment-check", sent, {})[1] == b"true"


def test_a_strangers_key_is_refused_still(hanging):
    running, _ = hanging
    with pytest.raises(urllib.error.HTTPError) as refused:
        _analyze(running, "fmk-a" + "a" * 36, KIND)
    assert refused.value.code == 400
    refused.value.close()


def test_its_use_is_counted_when_the_store_is_back(own, waiting):
    running, key = own
    for _ in range(3):
        _analyze(running, key, KIND)

    def used():
        [row] = json.loads(running.folkmoot("key", "list", "--json"))
        return row["used_this_month"] >= 3

    waiting("the counts", used)


def _analyze(running, key, text):
    body = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}}
    headers = {"Content-Type": "application/json"}
    url = f"{running.url}/v1alpha1/comments:analyze?key={key}"
    _, answer = _post(url, json.dumps(body).encode(), headers)
    return json.loads(answer)["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.5


def _post(url, data, headers):
    request = urllib.request.Request(url, data, headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.read()


def _store(parent):
    """Find the store among the parts of an installation."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status, argv = (folder / "stat").read_text(), (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(status.rpartition(")")[2].split()[1]) == parent and "store.sock" in argv:
            return int(folder.name)
    raise AssertionError("there is no store")
