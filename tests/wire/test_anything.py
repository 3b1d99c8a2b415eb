"""Any request, in any protocol, gets an answer of that protocol and never a 500."""

import hashlib
import hmac
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.analysis import spans
from service.analysis.attributes import BRIDGING, SOURCES, WITHOUT_SOURCE
from service.analysis.markup import plain
from service.domain.attribute import ATTRIBUTES
from tests.wire.conftest import DUTCH, KIND, RUDE, SPAMMY

ANYTHING = settings(
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Also lone surrogates, which JSON may contain.
texts = st.text(st.characters(exclude_categories=()), max_size=60)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(sorted({*SOURCES, *WITHOUT_SOURCE, *BRIDGING})) | texts
wishes = st.dictionaries(
    st.sampled_from(["scoreType", "score_threshold", "scoreThreshold"]), values, max_size=2
)
entries = st.fixed_dictionaries(
    {}, optional={"text": texts | values, "type": st.sampled_from(["HTML", "PLAIN_TEXT"]) | values}
)
perspective = st.fixed_dictionaries(
    {},
    optional={
        "comment": entries | values,
        "requestedAttributes": st.dictionaries(names, wishes | values, max_size=3) | values,
        "requested_attributes": st.dictionaries(names, wishes, max_size=3),
        "attributeScores": values
        | st.dictionaries(names, st.fixed_dictionaries({"summaryScore": values}), max_size=2),
        "languages": st.lists(texts, max_size=3) | values,
        "spanAnnotations": values,
        "context": values,
        "clientToken": texts | values,
        "communityId": texts | values,
    },
)
akismet = st.dictionaries(
    st.sampled_from(
        [
            "blog",
            "comment_content",
            "comment_author",
            "user_role",
            "is_test",
            "month",
            "format",
            "honeypot_field_name",
            "limit",
            "offset",
            "order",
            "filter",
        ]
    )
    | texts,
    texts | values,
    max_size=6,
)
parts = st.fixed_dictionaries({"type": st.just("text"), "text": texts | values})
openai = st.fixed_dictionaries(
    {}, optional={"input": texts | st.lists(texts | parts | values, max_size=3) | values}
)
coral = st.fixed_dictionaries({}, optional={"comment": entries | values})
sayings = st.text(max_size=60) | st.sampled_from([RUDE, KIND, DUTCH, SPAMMY, f"😀 {RUDE}"])
analyses = st.fixed_dictionaries(
    {"texts": st.lists(sayings, min_size=1, max_size=4)},
    optional={"explain": st.lists(st.sampled_from(ATTRIBUTES), max_size=8)},
)
# Valid except for one field, so that the code behind the shapes is reached too.
wrong_fields = st.one_of(
    st.fixed_dictionaries({"texts": st.lists(texts | values, max_size=4) | values}),
    st.fixed_dictionaries({"explain": st.lists(names, max_size=4) | values}),
    st.fixed_dictionaries({"x": values}),
)
nearly_analyses = st.builds(lambda right, wrong: right | wrong, analyses, wrong_fields)

THANKS = "Thanks for making the web a better place."
SAID = {
    "1.1/verify-key": ["valid"],
    "1.1/comment-check": ["true", "false"],
    "1.1/submit-spam": [THANKS],
    "1.1/submit-ham": [THANKS],
}


def sendable(body):
    return json.dumps(body).encode()


def fields(body):
    return {encodable(name): encodable(str(value)) for name, value in body.items()}


@ANYTHING
@given(
    path=st.sampled_from(["/comments:analyze", "/v1alpha1/comments:suggestscore"]),
    body=perspective,
    lenient=st.booleans(),
)
def test_perspective_takes_anything(client, make_key, path, body, lenient):
    key = make_key(manner="lenient" if lenient else "strict")
    answer = client.post(f"{path}?key={key}", data=sendable(body))
    assert answer.status_code in (200, 400), answer.json
    if answer.status_code == 400:
        assert answer.json["error"]["status"] == "INVALID_ARGUMENT"
        assert answer.json["error"]["message"]


@ANYTHING
@given(
    path=st.sampled_from(
        [
            "1.1/comment-check",
            "1.1/submit-spam",
            "1.1/submit-ham",
            "1.2/key-sites",
            "1.1/verify-key",
        ]
    ),
    body=akismet,
    as_json=st.booleans(),
)
def test_akismet_takes_anything(client, key, path, body, as_json):
    if as_json:
        sent = {"data": sendable(body | {"api_key": key}), "content_type": "application/json"}
    else:
        sent = {"data": fields(body | {"api_key": key})}
    answer = client.post(f"/{path}", **sent)
    assert answer.status_code == 200, answer.text
    if path != "1.2/key-sites":
        assert answer.mimetype == "text/plain"
        assert answer.text in SAID[path]


@ANYTHING
@given(asked=akismet, as_json=st.booleans())
def test_akismet_tells_how_much_is_used_whatever_is_asked(client, key, asked, as_json):
    sent = {"query_string": fields(asked | {"api_key": key})}
    if as_json:
        sent |= {"data": sendable(asked), "content_type": "application/json"}
    answer = client.get("/1.2/usage-limit", **sent)
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    usage = {"limit": "none", "usage": 0, "percentage": "0.00", "throttled": False}
    assert answer.json == usage


@ANYTHING
@given(body=openai | values)
def test_openai_takes_anything(client, key, body):
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.post("/v1/moderations", data=sendable(body), headers=headers)
    assert answer.status_code in (200, 400), answer.json
    assert set(answer.json) in ({"error"}, {"id", "model", "results"})


@ANYTHING
@given(body=coral | values)
def test_coral_takes_anything(client, make_key, body):
    make_key(secrets=("s",))
    sent = sendable(body)
    header = "sha256=" + hmac.new(b"s", sent, hashlib.sha256).hexdigest()
    answer = client.post("/coral/moderate", data=sent, headers={"X-Coral-Signature": header})
    assert answer.status_code in (200, 204, 422)


@ANYTHING
@given(body=analyses)
def test_what_can_be_analyzed_is_scored(client, key, body):
    answer = analyze(client, key, sendable(body))
    assert answer.status_code == 200, answer.json
    assert set(answer.json) == {"model", "results"}
    explained = set(body.get("explain", ()))
    for text, result in zip(body["texts"], answer.json["results"], strict=True):
        assert set(result["scores"]) == set(ATTRIBUTES)
        assert all(score is None or 0 <= score <= 1 for score in result["scores"].values())
        assert set(result["explanations"]) == explained
        units = len(text.encode("utf-16-le")) // 2
        shares = [share for words in result["explanations"].values() for share in words]
        assert all(0 <= share["start"] < share["end"] <= units for share in shares)


@ANYTHING
@given(sent=(analyses | nearly_analyses | values).map(sendable) | st.binary(max_size=50))
def test_our_own_analysis_takes_anything(client, key, sent):
    answer = analyze(client, key, sent)
    assert answer.status_code in (200, 422), answer.text
    if answer.status_code == 200:
        assert set(answer.json) == {"model", "results"}
    else:
        assert answer.content_type == "application/problem+json"
        assert (answer.json["type"], answer.json["status"]) == ("/problems/invalid", 422)
        assert all(fault["code"] and fault["detail"] for fault in answer.json["errors"])
        assert answer.json["errors"]


@ANYTHING
@given(body=st.binary(max_size=50), key_=st.text(max_size=60))
@pytest.mark.parametrize(
    "path",
    [
        "comments:analyze",
        "1.1/comment-check",
        "1.1/submit-ham",
        "v1/moderations",
        "coral/moderate",
        "api/v1/analyze",
    ],
)
def test_bytes_that_mean_nothing_are_answered(client, path, body, key_):
    headers = {"Authorization": "Bearer " + encodable(key_).encode().hex()}
    answer = client.post(
        f"/{path}", query_string={"key": encodable(key_)}, data=body, headers=headers
    )
    assert answer.status_code < 500


@given(st.text(max_size=300))
def test_sentences_cover_all_that_is_said(text):
    sentences = spans.sentences(text)
    covered = "".join(text[begin:end] for begin, end in sentences)
    assert "".join(covered.split()) == "".join(text.split())
    flat = [place for span in sentences for place in span]
    assert flat == sorted(flat)
    assert len(sentences) <= spans.MOST


@given(st.text(max_size=200))
def test_places_are_those_of_utf16(text):
    place = spans.in_utf16(text)
    for at in range(len(text) + 1):
        assert place(at) == len(text[:at].encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    "text",
    ["." * 20_000 + "x", "a." * 10_000, "。" * 20_000, "a" * 20_000, '."' * 10_000 + "x"],
)
def test_no_text_takes_long_to_part(text):
    start = time.process_time()
    assert spans.sentences(text)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    "piece", ["<a ", "<!", "</", "<!--", "<a href='", '<a b="<', "<a/", "<p>", "&#", "<a b "]
)
def test_no_markup_takes_long_to_take_off(piece):
    start = time.process_time()
    plain(piece * 20_000)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>one</p><p>two &amp; three</p>", "one\n\ntwo & three"),
        (
            'see <a href="https://a.example/" rel="nofollow">this</a>',
            "see  https://a.example/ this",
        ),
        ("1 < 2 <you fool> <b fool='x'>y</b>", "1 < 2 <you fool> <b fool='x'>y"),
        ("as it is", "as it is"),
    ],
)
def test_markup_is_taken_off_and_what_may_be_meant_stays(text, said):
    assert plain(text) == said


@given(st.text(alphabet="<>/abp ='\"!-&;x", max_size=200))
def test_markup_of_any_kind_is_taken_off(text):
    assert isinstance(plain(text), str)


def analyze(client, key, sent):
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    return client.post("/api/v1/analyze", data=sent, headers=headers)


def encodable(text):
    return text.encode("utf-8", "replace").decode()
