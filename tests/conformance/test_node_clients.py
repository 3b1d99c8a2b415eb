"""Clients from npm work when only their address is changed."""

from tests.wire.conftest import DUTCH, KIND, RUDE, SPAMMY

THANKS = "Thanks for making the web a better place."


def test_akismet_api_as_coral_uses_it(node, running, key):
    host = running.url.replace("http://127.0.0.1", "localhost")
    assert node("akismet-api.cjs", host, key, KIND, SPAMMY) == {
        "valid": True,
        "wrong": False,
        "kind": False,
        "spam": True,
        "magic": True,
        "thanks": THANKS,
        "thanksAgain": THANKS,
        "refused": "Invalid API key",
    }


def test_cedx_akismet(node, running, key):
    results = node("cedx-akismet.mjs", running.url, key, KIND, SPAMMY)
    assert results.pop("spam") in ("spam", "pervasiveSpam")
    assert results.pop("refused").startswith("The API key")
    assert results == {
        "valid": True,
        "wrong": False,
        "kind": "ham",
        "magic": "spam",
        "administrator": "ham",
        "submitted": True,
    }


def test_perspective_api_client(node, running, make_key):
    key = make_key("--manner", "strict")
    results = node("perspective-api-client.cjs", running.url, key, RUDE, DUTCH)
    assert results["one"]["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8
    assert set(results["many"]["attributeScores"]) == {"TOXICITY", "INSULT", "THREAT"}
    refused = {
        name: (results[name]["name"], results[name]["status"], results[name]["message"])
        for name in ("language", "key", "long", "empty")
    }
    unsupported = "Attribute TOXICITY does not support request languages: nl"
    long = "Comment text was too many bytes. Value (20992) exceeded limit (20480)."
    assert refused == {
        "language": ("ResponseError", 400, unsupported),
        "key": ("ResponseError", 400, "API key not valid. Please pass a valid API key."),
        "long": ("ResponseError", 400, long),
        "empty": ("ResponseError", 400, "Comment must be non-empty."),
    }
