"""Keys are created, listed, changed and revoked on the command line, with effect soon after."""

import json
import urllib.error
import urllib.request

import pytest

from service.store.desk import shadows
from tests.wire.conftest import KIND


@pytest.fixture
def status(running):
    """Request a score with a key and return the status of the answer."""

    def status(key):
        body = {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}
        url = f"{running.url}/v1alpha1/comments:analyze?key={key}"
        request = urllib.request.Request(url, json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    return status


def listed(running, label):
    rows = json.loads(running.folkmoot("key", "list", "--json"))
    return [row for row in rows if row["label"] == label]


def test_a_key_lives_and_ends(running, make_key, status, waiting):
    key = make_key("--label", "a life", "--site", "demo")
    assert status(key) == 200
    [row] = listed(running, "a life")
    assert (row["scope"], row["site"], row["quota"]) == ("analyze", "demo", "")
    assert key not in running.folkmoot("key", "list")

    changes = ("--quota", "1/day", "--manner", "strict", "--unscored", "0.5")
    running.folkmoot("key", "set", row["id"], *changes, "--coral-secret", "a secret")
    waiting("the quota", lambda: status(key) == 429)
    [changed] = listed(running, "a life")
    assert (changed["manner"], changed["unscored"], changed["signs"]) == ("strict", 0.5, 1)
    assert "a secret" not in running.folkmoot("key", "list", "--json")
    running.folkmoot("key", "set", row["id"], "--quota", "0", "--label", "a life")
    waiting("no quota", lambda: status(key) == 200)

    assert row["id"] in running.folkmoot("key", "revoke", key)
    waiting("the end", lambda: status(key) == 400)
    assert listed(running, "a life") == []


def test_agreement_with_perspective_is_shown(running):
    assert "FOLKMOOT_PERSPECTIVE_SHADOW" in running.folkmoot("agreement", "--shadow")
    shadows.add(running.core.redis, {"TOXICITY": (0.2, 0.9)})
    [row] = json.loads(running.folkmoot("agreement", "--shadow", "--json"))
    assert (row["attribute"], row["labels"], row["missed"]) == ("TOXICITY", 1, 1)
    assert set(row["thresholds"].values()) == {None}
    assert "TOXICITY" in running.folkmoot("agreement", "--shadow")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["add", "--scope", "analyze", "--quota", "many"], "is no quota"),
        (["add", "--scope", "everything"], "everything"),
        (["add", "--scope", "manage", "--site", "nowhere"], "there is no site"),
        (["add", "--scope", "counts", "--coral-secret", "x"], "only a key of scope analyze"),
        (["add", "--scope", "analyze", "--unscored", "2"], "0<=x<=1"),
        (["set", "nobody", "--quota", "1/day"], "there is no such key"),
        (["revoke", "nobody"], "there is no such key"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else None,
)
def test_what_is_wrong_is_said_in_a_line(running, argv, says):
    with pytest.raises(RuntimeError) as refused:
        running.folkmoot("key", *argv)
    assert says in str(refused.value)
    assert "Traceback" not in str(refused.value)
