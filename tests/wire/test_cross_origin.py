"""Programs in browsers may use a key on the pages that it names, and on no others."""

import pytest

from tests.wire.conftest import KIND

EDITOR = "https://editor.example"
PERSPECTIVE = {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}
SUGGESTION = {
    "comment": {"text": KIND},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}},
}
# Address, body, and where the key is: in the address or in a header.
CALLS = [
    ("/v1alpha1/comments:analyze?key={}", PERSPECTIVE, ""),
    ("/v1alpha1/comments:analyze", PERSPECTIVE, "X-Goog-Api-Key"),
    ("/comments:analyze?access_token={}", PERSPECTIVE, ""),
    ("/comments:suggestscore?key={}", SUGGESTION, ""),
    ("/v1/moderations", {"input": KIND}, "Authorization"),
    ("/api/v1/analyze", {"texts": [KIND]}, "Authorization"),
]


@pytest.fixture
def call(client):
    """Call as a program on a page does, after the browser has asked whether it may."""

    def call(at, body, header, key, origin=EDITOR):
        address, sent = at.format(key), {"Origin": origin}
        asked = {
            **sent,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": f"content-type,{header.lower()}".strip(","),
        }
        before = client.options(address, headers=asked)
        if header:
            sent[header] = key if header == "X-Goog-Api-Key" else f"Bearer {key}"
        return before, client.post(address, json=body, headers=sent)

    return call


def allowed(answer) -> str | None:
    return answer.headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize(("at", "body", "header"), CALLS)
def test_the_pages_of_a_key_may_use_it(call, make_key, at, body, header):
    before, answer = call(at, body, header, make_key(origins=(EDITOR,)))
    assert (before.status_code, answer.status_code) == (204, 200)
    assert allowed(before) == allowed(answer) == EDITOR
    assert "content-type" in before.headers["Access-Control-Allow-Headers"]
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"Folkmoot-Model", "Folkmoot-Substituted"} <= set(exposed)


@pytest.mark.parametrize(("at", "body", "header"), CALLS)
@pytest.mark.parametrize("origins", [(), ("https://other.example",)], ids=["none", "another"])
def test_other_pages_may_not(call, make_key, at, body, header, origins):
    # One more key that is for the page: it opens the door for itself only.
    make_key(origins=(EDITOR,))
    _, answer = call(at, body, header, make_key(origins=origins))
    assert answer.status_code == 200
    assert allowed(answer) is None


def test_without_any_key_for_a_page_its_preflight_is_refused(call, make_key):
    for at, body, header in CALLS:
        before, _ = call(at, body, header, make_key())
        assert allowed(before) is None


@pytest.mark.parametrize("origin", ["null", "https://editor.example.evil.example", "*", ""])
def test_what_only_looks_like_the_page_is_refused(call, make_key, origin):
    at, body, header = CALLS[0]
    for answer in call(at, body, header, make_key(origins=(EDITOR,)), origin):
        assert allowed(answer) is None


def test_a_page_may_read_why_it_is_refused(call, make_key):
    at, _, header = CALLS[4]
    _, answer = call(at, {"input": []}, header, make_key(origins=(EDITOR,)))
    assert (answer.status_code, allowed(answer)) == (400, EDITOR)


def test_a_revoked_or_forged_key_opens_nothing(call, make_key, client):
    at, body, header = CALLS[0]
    for answer in call(at, body, header, "fmk-a" + "a" * 36):
        assert allowed(answer) is None


def test_the_discovery_document_is_for_the_pages_of_all_keys(client, make_key):
    make_key(origins=(EDITOR,))
    address = "/$discovery/rest?version=v1alpha1"
    assert allowed(client.get(address, headers={"Origin": EDITOR})) == EDITOR
    assert allowed(client.get(address, headers={"Origin": "https://other.example"})) is None


def test_the_odd_names_of_headers_are_not_repeated(client, make_key):
    make_key(origins=(EDITOR,))
    asked = {
        "Origin": EDITOR,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x; y",
    }
    answer = client.options("/v1/moderations", headers=asked)
    assert "Access-Control-Allow-Headers" not in answer.headers
