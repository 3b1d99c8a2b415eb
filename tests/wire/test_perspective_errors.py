"""Every error of Perspective, field by field: clients check types, attributes and texts."""

import pytest

from tests.wire.conftest import DUTCH, KIND

GOOGLE = "type.googleapis.com/google"
ERROR = f"{GOOGLE}.commentanalyzer.v1alpha1.Error"
SERVICE = "commentanalyzer.googleapis.com"
ANALYZE = "/v1alpha1/comments:analyze"
TOXICITY = {"TOXICITY": {}}


def of_type(message, type_, **more):
    details = [{"@type": ERROR, "errorType": type_, **more}]
    return {"code": 400, "message": message, "status": "INVALID_ARGUMENT", "details": details}


def plain(message):
    return {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}


def language(attribute, code, requested=()):
    details = {"detectedLanguages": ["nl"], "attribute": attribute}
    if requested:
        details["requestedLanguages"] = list(requested)
    return of_type(
        f"Attribute {attribute} does not support request languages: {code}",
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        languageNotSupportedByAttributeError=details,
    )


BOTH_CONTEXTS = {"entries": [{"text": "a"}], "articleAndParentComment": {"article": {"text": "b"}}}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"comment": {"text": ""}}, of_type("Comment must be non-empty.", "COMMENT_EMPTY")),
        ({"comment": {"text": " \n"}}, of_type("Comment must be non-empty.", "COMMENT_EMPTY")),
        ({"comment": None}, of_type("Comment must be non-empty.", "COMMENT_EMPTY")),
        (
            {"comment": {"text": "é" * 10_496}},
            plain("Comment text was too many bytes. Value (20992) exceeded limit (20480)."),
        ),
        (
            {"requestedAttributes": {}},
            of_type("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES"),
        ),
        (
            {"requestedAttributes": {"KINDNESS": {}}},
            of_type("Unknown requested attribute: KINDNESS", "INVALID_REQUEST"),
        ),
        (
            {"requestedAttributes": {"FLIRTATION": {}}},
            of_type("Unknown requested attribute: FLIRTATION", "INVALID_REQUEST"),
        ),
        ({"comment": {"text": DUTCH}}, language("TOXICITY", "nl")),
        (
            {"comment": {"text": DUTCH}, "languages": ["en"]},
            language("TOXICITY", "nl", ["en"]),
        ),
        (
            {"comment": {"text": DUTCH}, "languages": ["en", "nl"]},
            language("TOXICITY", "nl", ["en", "nl"]),
        ),
        (
            {"comment": {"text": "\u200b\u200b"}},
            of_type("Unable to detect language", "LANGUAGE_DETECTION_FAILED"),
        ),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreType": "PERCENTILE"}}},
            of_type(
                "Requested score type PERCENTILE is not supported by attribute TOXICITY",
                "INVALID_REQUEST",
            ),
        ),
        (
            {"comment": {"text": KIND, "type": "HTML"}},
            of_type("Currently, only 'PLAIN_TEXT' comments are supported", "INVALID_REQUEST"),
        ),
        (
            {"comment": {"text": KIND, "type": "MARKDOWN"}},
            of_type("Unknown text type", "INVALID_REQUEST"),
        ),
        (
            {"context": BOTH_CONTEXTS},
            of_type(
                "Context can have either entries or article_and_parent_comment, but both fields "
                "were populated.",
                "INVALID_REQUEST",
            ),
        ),
        ({"comment": "text"}, plain("Invalid value at 'comment' (TYPE_MESSAGE)")),
        (
            {"requestedAttributes": ["TOXICITY"]},
            plain("Invalid value at 'requested_attributes' (TYPE_MESSAGE)"),
        ),
        ({"languages": "en"}, plain("Invalid value at 'languages' (TYPE_LIST)")),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreThreshold": "much"}}},
            plain("Invalid value at 'score_threshold' (TYPE_FLOAT)"),
        ),
    ],
    ids=lambda given: str(given)[:60],
)
def test_a_wrong_request_is_told_what_is_wrong(client, strict, body, error):
    sent = {"comment": {"text": KIND}, "requestedAttributes": TOXICITY} | body
    answer = client.post(f"{ANALYZE}?key={strict}", json=sent)
    assert answer.status_code == 400
    assert answer.json == {"error": error}
    assert answer.content_type.startswith("application/json")


@pytest.mark.parametrize("path", [ANALYZE, "/comments:suggestscore"])
def test_without_a_key_nobody_is_let_in(client, path):
    answer = client.post(path, json={})
    assert answer.status_code == 403
    assert answer.json == {
        "error": {
            "code": 403,
            "message": "Method doesn't allow unregistered callers (callers without established "
            "identity). Please use API Key or other form of API consumer identity to call this "
            "API.",
            "status": "PERMISSION_DENIED",
        }
    }


def info(reason, **metadata):
    return {
        "@type": f"{GOOGLE}.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": SERVICE, **metadata},
    }


def test_a_wrong_key_is_refused_before_the_body_is_read(client):
    answer = client.post(f"{ANALYZE}?key=wrong", data="{")
    assert answer.status_code == 400
    assert answer.json == {
        "error": {
            "code": 400,
            "message": "API key not valid. Please pass a valid API key.",
            "status": "INVALID_ARGUMENT",
            "details": [info("API_KEY_INVALID")],
        }
    }


def test_a_key_for_something_else_is_refused(client, make_key):
    answer = client.post(f"{ANALYZE}?key={make_key('counts')}", json={})
    assert answer.status_code == 403
    assert answer.json["error"]["details"] == [info("API_KEY_SERVICE_BLOCKED")]


def test_a_quota_that_is_used_up_is_told_with_its_limit(client, make_key):
    url = f"{ANALYZE}?key={make_key(quota='2/minute')}"
    body = {"comment": {"text": KIND}, "requestedAttributes": TOXICITY}
    answers = [client.post(url, json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    metric = "'Analysis requests (AnalyzeComment)"
    assert answers[-1].json == {
        "error": {
            "code": 429,
            "message": f"Quota exceeded for quota metric {metric}' and limit {metric} per minute' "
            f"of service '{SERVICE}' for consumer 'project_number:1'.",
            "status": "RESOURCE_EXHAUSTED",
            "details": [
                info(
                    "RATE_LIMIT_EXCEEDED",
                    quota_location="global",
                    quota_metric="CommentAnalyzerService/analyze_requests",
                    quota_limit_value="2",
                    consumer="projects/1",
                    quota_limit="AnalyzeRequestsPerMinutePerProject",
                ),
                {
                    "@type": f"{GOOGLE}.rpc.Help",
                    "links": [
                        {
                            "description": "Request a higher quota limit.",
                            "url": "https://cloud.google.com/docs/quota#requesting_higher_quota",
                        }
                    ],
                },
            ],
        }
    }


@pytest.mark.parametrize("sent", [b"{", b"[]", b"\xff", b"[" * 100_000, b'"x"', b""])
def test_what_is_no_json_object_is_told_so(client, key, sent):
    answer = client.post(f"{ANALYZE}?key={key}", data=sent)
    assert answer.status_code == 400
    assert answer.json["error"]["message"].startswith("Invalid JSON payload received.")


def test_a_body_without_end_is_refused_in_the_same_form(client, key):
    answer = client.post(f"{ANALYZE}?key={key}", data=b" " * (2 * 1024 * 1024))
    assert (answer.status_code, answer.json["error"]["code"]) == (413, 413)
    assert answer.json["error"]["message"] == (
        "Request payload size exceeds the limit: 1048576 bytes."
    )


def test_a_text_of_the_longest_kind_is_heard_of_even_if_it_is_escaped(client, strict):
    body = {"comment": {"text": "🚋" * 20_000}, "requestedAttributes": TOXICITY}
    answer = client.post(f"{ANALYZE}?key={strict}", json=body)
    assert "(80000) exceeded limit (20480)" in answer.json["error"]["message"]


def test_a_correction_without_scores_is_refused(client, key):
    body = {"comment": {"text": KIND}, "attributeScores": {}}
    answer = client.post(f"/comments:suggestscore?key={key}", json=body)
    assert answer.json["error"] == of_type("Missing attribute_scores", "INVALID_REQUEST")
    body["attributeScores"] = {"TOXICITY": {"summaryScore": {"value": 1}}}
    for text in ("", "x" * 20_481):
        sent = body | {"comment": {"text": text}}
        assert client.post(f"/comments:suggestscore?key={key}", json=sent).status_code == 400
    body["attributeScores"] = {"TOXICITY": {}}
    assert client.post(f"/comments:suggestscore?key={key}", json=body).status_code == 400
