"""Bodies that Google's servers read although they are no JSON."""

import time

import pytest

from service.web.wire import loose_json

SIZE = 100_000
MEANT = [
    ('{comment: {text: "what a\nday"}, n: [1,],}', {"comment": {"text": "what a\nday"}, "n": [1]}),
    ("{'a': 'it\\'s \"so\"', $b_1 : \"c:d, e\"}", {"a": 'it\'s "so"', "$b_1": "c:d, e"}),
    ('{true: true, null: 1, "x": "\\"y: \\\\"}', {"true": True, "null": 1, "x": '"y: \\'}),
    ('{"a": "b: {c: 1,}"}', {"a": "b: {c: 1,}"}),
]
MEANINGLESS = [
    *("{a: b}", "{a}", "{a: 1", '{"a: 1}', "{a: 'b}", "'a", "{a: 'b", "a: 1", "[,1]"),
    *("\\", '"\\', "'\\", "{a:" * 30_000),
]


@pytest.mark.parametrize(("written", "means"), MEANT)
def test_what_is_meant_is_read(written, means):
    assert loose_json.parse(written.encode()) == means
    assert loose_json.parse(written.encode("utf-16")) == means


@pytest.mark.parametrize("written", MEANINGLESS, ids=lambda written: written[:10])
def test_what_has_no_meaning_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011  # each with the words of the JSON parser
        loose_json.parse(written.encode())


def test_long_bodies_have_to_be_valid():
    with pytest.raises(ValueError, match="too long"):
        loose_json.parse(b"[" + b" " * loose_json.LONGEST + b"]")


@pytest.mark.parametrize(
    "piece", ['\\"', "'", '"', "a", "a ", ", ", " ", "a:", "{a:", "\\", "'\\", ",\n", "a\t:"]
)
@pytest.mark.parametrize("start", ["", '"', "'"])
def test_no_text_takes_long(start, piece):
    text = (start + piece * (SIZE // len(piece))).encode()
    begun = time.process_time()
    with pytest.raises(ValueError):  # noqa: PT011
        loose_json.parse(text)
    assert time.process_time() - begun < 0.5
