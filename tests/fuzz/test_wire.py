"""Requests in other systems' protocols, nearly right: each is answered in its own words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.app import create_app
from service.clients import keyring
from service.domain.key import ApiKey, Manner, Scope
from service.web.wire import loose_json, multipart
from service.web.wire.discourse import LABELS
from tests.fuzz.strangers import FUZZ, anything, nearly, texts
from tests.wire.conftest import KIND
from tests.wire.test_batch import ANALYZE, BOUNDARY, MIXED, body, joined, part

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
BATCH = joined(part(ANALYZE.format("KEY"), body("ok")), part(ANALYZE.format("KEY"), "{}")).decode()
batches = nearly(st.just(BATCH)) | texts.map(lambda text: BATCH.replace("{}", text))
FULL = body(
    KIND,
    requestedAttributes={"TOXICITY": {"scoreThreshold": 0.1}, "RESPECT": {}, "SPAM@2": {}},
    languages=["en"],
    spanAnnotations=True,
    dropUnsupportedAttributes=False,
    clientToken="t",
)
analyses = nearly(st.just(json.dumps(FULL))) | nearly(
    st.just("{comment: {text: 'good morning',}, requestedAttributes: {TOXICITY: []}}")
)
names = st.sampled_from(["TOXICITY", "FLIRTATION", "REASONING_EXPERIMENTAL", "X"]) | anything
posts = st.fixed_dictionaries(
    {"content": texts}, optional={"model": st.sampled_from(["unbiased", "x", None]) | texts}
)


@pytest.fixture
def process(core):
    """A process, with a lenient and a strict key of its own."""
    app = create_app(core)
    keys = [
        keyring.issue(core, ApiKey(id="", scope=Scope.ANALYZE, manner=manner))
        for manner in (Manner.AUTO, Manner.STRICT)
    ]
    yield app.test_client(), keys
    app.extensions["folkmoot.analyst"].meter.flush()


def as_bytes(text):
    return text.encode("utf-8", "replace")


def is_told(answer):
    """Whether an answer is one of Perspective's: scores, or its error body."""
    if answer.status_code == 200:
        return "languages" in answer.json
    assert answer.status_code == 400, answer.text
    return answer.json["error"]["status"] == "INVALID_ARGUMENT"


def test_what_is_nearly_a_request_for_scores_is_answered(process):
    client, keys = process

    @FUZZ
    @given(analyses, st.sampled_from(keys))
    def analyze(sent, key):
        assert is_told(client.post(f"/comments:analyze?key={key}", data=as_bytes(sent)))

    analyze()


def test_any_attribute_is_scored_or_refused(process):
    client, keys = process

    @FUZZ
    @given(st.lists(names, max_size=5), texts, st.sampled_from(keys), st.booleans())
    def analyze(wanted, text, key, drop):
        sent = body(text, requestedAttributes={name: {} for name in wanted})
        sent |= {"dropUnsupportedAttributes": drop}
        answer = client.post(f"/comments:analyze?key={key}", data=json.dumps(sent).encode())
        assert is_told(answer)
        if answer.status_code == 200 and not drop:
            assert set(answer.json["attributeScores"]) == set(wanted)

    analyze()


def test_any_batch_is_answered(process):
    client, [key, _] = process

    @FUZZ
    @given(batches, st.sampled_from([MIXED, "multipart/mixed", "multipart/mixed; boundary=b"]))
    def send(text, kind):
        content = as_bytes(text.replace("KEY", key))
        answer = client.post("/batch", data=content, content_type=kind)
        assert answer.status_code in (200, 400, 403), answer.text
        if answer.status_code == 200:
            assert answer.mimetype == "multipart/mixed"
            assert b"HTTP/1.1 500" not in answer.data
        else:
            assert answer.json["error"]["message"]

    send()


def test_any_post_of_discourse_is_answered(process):
    client, [key, _] = process

    @FUZZ
    @given(posts | VALUES)
    def classify(sent):
        answer = client.post(
            "/api/v1/classify", data=json.dumps(sent).encode(), headers={"X-API-KEY": key}
        )
        if answer.status_code == 200:
            assert set(answer.json) == set(LABELS)
        else:
            assert (answer.status_code, answer.json["type"]) == (422, "/problems/invalid")

    classify()


@FUZZ
@given(batches)
def test_the_parts_of_a_batch_are_read_or_refused(text):
    try:
        calls = multipart.read("multipart/mixed", BOUNDARY, as_bytes(text))
    except multipart.NotMultipart:
        return
    assert 0 < len(calls) <= multipart.MOST_PARTS
    for call in calls:
        assert not any(mark in call.id for mark in "\r\n")


@FUZZ
@given(VALUES)
def test_valid_json_means_the_same_where_it_is_read_loosely(value):
    assert loose_json.parse(json.dumps(value).encode()) == value


@FUZZ
@given(nearly(VALUES.map(json.dumps)) | st.text(alphabet="{}[]\"'\\:,a1 \n"))
def test_loose_json_is_read_or_refused(text):
    try:
        read = loose_json.parse(as_bytes(text))
    except ValueError:
        return
    written = json.dumps(read)
    assert json.dumps(json.loads(written)) == written
