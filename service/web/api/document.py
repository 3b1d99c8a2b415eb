"""The OpenAPI document, with what the views' shapes do not say: headers, keys, and problems."""

import copy
from typing import Any

from flask import current_app

from service.web.api.openapi import spec

PROBLEM = {"$ref": "#/components/schemas/Problem"}
PROBLEMS = {"application/problem+json": {"schema": PROBLEM}}
# Any route may answer with any problem of the reference: a store that is away, too many requests.
OTHERWISE = {"description": "Another problem of the reference", "content": PROBLEMS}

SCHEMES = {
    "reader": {
        "type": "apiKey",
        "in": "header",
        "name": "Folkmoot-Reader",
        "description": "A reader's token, from `POST …/readers`.",
    },
    "receipt": {
        "type": "apiKey",
        "in": "header",
        "name": "Folkmoot-Receipt",
        "description": "The receipt that came with a comment; it proves who wrote the comment.",
    },
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key from `folkmoot key add`; its scope says what it opens.",
    },
}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key gives the same answer: a request can be repeated safely.",
    "schema": {"type": "string", "maxLength": 100},
}
FEED = {"application/atom+xml": {"schema": {"type": "string"}}}

NEEDED: dict[str, list[dict[str, list[str]]]] = {
    "votes": [{"reader": []}],
    "flags": [{"reader": []}],
    "analysis": [{"key": []}],
    "moderation": [{"key": []}],
    "counts": [{}, {"key": []}],
}


def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the current application, made once."""
    document: dict[str, Any] = current_app.extensions.setdefault("openapi", {})
    if not document:
        document.update(_complete(copy.deepcopy(spec.spec)))
    return document


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    document["components"]["securitySchemes"] = SCHEMES
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _describe_answers(operation)
            operation["security"] = _security(path, method, operation)
    paths = document["paths"]
    paths["/api/v1/sites/{site}/comments"]["post"]["parameters"].append(IDEMPOTENCY)
    feed = paths["/api/v1/sites/{site}/feed.atom"]["get"]["responses"]
    feed["200"] = {"description": "OK", "content": FEED}
    return document


def _describe_answers(operation: dict[str, Any]) -> None:
    for answer in operation["responses"].values():
        content = answer.get("content", {})
        if content.get("application/json", {}).get("schema") == PROBLEM:
            answer["content"] = PROBLEMS
    operation["responses"]["default"] = OTHERWISE


def _security(path: str, method: str, operation: dict[str, Any]) -> list[dict[str, list[str]]]:
    is_of_author = method in ("patch", "delete") or path.endswith("/appeal")
    if is_of_author:
        return [{"receipt": []}]
    if path.endswith("/comments/{comment}"):
        return [{}, {"receipt": []}]
    # Posting as a reader, or with a key that may give badges, is optional.
    if method == "post" and path.endswith("/comments"):
        return [{}, {"reader": []}, {"key": []}]
    return NEEDED.get(operation["tags"][0], [{}])
