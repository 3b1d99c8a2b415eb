"""The discovery document from which Google's clients build their Perspective methods."""

import hashlib
import json
from functools import cache
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request

from service.web.http import caller, cross_origin, traffic
from service.web.wire import perspective_errors

bp = Blueprint("discovery", __name__)
traffic.measure(bp)
cross_origin.register(bp)
perspective_errors.register(bp)

VERSION = "v1alpha1"
AN_HOUR = 3600


@bp.get("/$discovery/rest")
@bp.get("/discovery/v1/apis/commentanalyzer/v1alpha1/rest")
def get_discovery() -> Response:
    """Return the discovery document; no key is needed, and caches may keep it for an hour."""
    version = request.args.get("version", VERSION)
    if version != VERSION:
        return perspective_errors.error(HTTPStatus.NOT_FOUND, f"Version {version!r} is not served.")
    content, tag = _written(caller.core().public_url)
    answer = Response(content, content_type="application/json; charset=UTF-8")
    answer.set_etag(tag)
    answer.cache_control.public = True
    answer.cache_control.max_age = AN_HOUR
    answer.make_conditional(request)
    return answer


# Some programs fetch it again for each comment.
@cache
def _written(url: str) -> tuple[bytes, str]:
    """Return the document and the tag of its content."""
    content = json.dumps(_document(url)).encode()
    return content, hashlib.sha256(content).hexdigest()[:20]


def _document(url: str) -> dict[str, Any]:
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": f"commentanalyzer:{VERSION}",
        "name": "commentanalyzer",
        "version": VERSION,
        "revision": "20260101",
        "title": "Folkmoot, as Perspective Comment Analyzer API",
        "description": "Scores comments.",
        "protocol": "rest",
        "rootUrl": f"{url}/",
        "servicePath": "",
        "baseUrl": f"{url}/",
        "batchPath": "batch",
        "fullyEncodeReservedExpansion": True,
        "parameters": {name: _text("query") for name in ("key", "alt", "fields", "quotaUser")}
        | {"prettyPrint": {"type": "boolean", "location": "query"}},
        "resources": {
            "comments": {
                "methods": {
                    "analyze": _method("analyze", "AnalyzeComment"),
                    "suggestscore": _method("suggestscore", "SuggestCommentScore"),
                }
            }
        },
        "schemas": _schemas(),
    }


def _method(name: str, shape: str) -> dict[str, Any]:
    path = f"{VERSION}/comments:{name}"
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": f"{shape}Request"},
        "response": {"$ref": f"{shape}Response"},
        "scopes": [],
    }


def _schemas() -> dict[str, Any]:
    return {
        name: {"id": name, "type": "object", "properties": properties}
        for name, properties in (_calls() | _parts()).items()
    }


def _calls() -> dict[str, dict[str, Any]]:
    common = {
        "comment": _ref("TextEntry"),
        "context": _ref("Context"),
        "languages": _list(_text()),
        **{name: _text() for name in ("communityId", "clientToken", "sessionId")},
    }
    scores = {"attributeScores": _map("AttributeScores")}
    options = {
        "requestedAttributes": _map("AttributeParameters"),
        "spanAnnotations": {"type": "boolean"},
        "doNotStore": {"type": "boolean"},
        "dropUnsupportedAttributes": {"type": "boolean"},
    }
    detected = {"clientToken": _text(), "detectedLanguages": _list(_text())}
    return {
        "AnalyzeCommentRequest": common | options,
        "AnalyzeCommentResponse": scores | detected | {"languages": _list(_text())},
        "SuggestCommentScoreRequest": common | scores,
        "SuggestCommentScoreResponse": detected | {"requestedLanguages": _list(_text())},
    }


def _parts() -> dict[str, dict[str, Any]]:
    return {
        "TextEntry": {"text": _text(), "type": _text()},
        "Context": {
            "entries": _list(_ref("TextEntry")),
            "articleAndParentComment": _ref("ArticleAndParentComment"),
        },
        "ArticleAndParentComment": {
            "article": _ref("TextEntry"),
            "parentComment": _ref("TextEntry"),
        },
        "AttributeParameters": {"scoreType": _text(), "scoreThreshold": _number()},
        "AttributeScores": {"summaryScore": _ref("Score"), "spanScores": _list(_ref("SpanScore"))},
        "SpanScore": {"begin": _whole(), "end": _whole(), "score": _ref("Score")},
        "Score": {"value": _number(), "type": _text()},
    }


def _text(location: str = "") -> dict[str, Any]:
    return {"type": "string"} | ({"location": location} if location else {})


def _number() -> dict[str, Any]:
    return {"type": "number", "format": "float"}


def _whole() -> dict[str, Any]:
    return {"type": "integer", "format": "int32"}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": name}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _map(name: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": _ref(name)}
