"""The API reference: a start page, the OpenAPI document as JSON and HTML, and all problems."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from werkzeug.exceptions import NotFound

from service.domain.errors import DomainError
from service.web.api.document import openapi_document
from service.web.http import pages, problems

bp = Blueprint("reference", __name__)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# How a table cell words the constraints of a JSON schema.
BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "maxLength": "at most {} characters",
    "default": "default {}",
    "format": "{}",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    about: dict[str, Any]

    @property
    def anchor(self) -> str:
        """The operation's anchor on the page."""
        words = self.path.replace("{", "").replace("}", "").strip("/").replace("/", "-")
        return f"{self.method.lower()}-{words}"


@bp.after_request
def let_nobody_embed(response: Response) -> Response:
    """Allow a style sheet and nothing else."""
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "public, max-age=300"
    return response


@bp.get("/")
def get_start() -> str:
    """Show the start page."""
    return render_template("reference/start.html")


@bp.get("/api/v1/openapi.json")
def get_document() -> Response:
    """Return the OpenAPI document."""
    response = jsonify(openapi_document())
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@bp.get("/docs")
def get_docs() -> str:
    """Show the OpenAPI document as a page."""
    document = openapi_document()
    return render_template(
        "reference/docs.html",
        info=document["info"],
        groups=_groups(document),
        schemas=document["components"]["schemas"],
        schemes=document["components"]["securitySchemes"],
        shape=_shape,
        problems=[_explain(kind) for kind in problems.PROBLEMS],
    )


@bp.get("/problems/<name>")
def get_problem(name: str) -> str:
    """Explain one type of problem."""
    for kind, (_, known, _) in problems.PROBLEMS.items():
        if known == name:
            return render_template("reference/problem.html", problem=_explain(kind))
    raise NotFound("There is no problem of that name.")


def _groups(document: dict[str, Any]) -> dict[str, list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for operation in _operations(document):
        tag = next(iter(operation.about.get("tags", [])), "other")
        groups.setdefault(tag, []).append(operation)
    return groups


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in sorted(document["paths"].items()):
        for method, about in methods.items():
            yield Operation(method.upper(), path, about)


def _shape(schema: dict[str, Any]) -> str:
    """Describe in a few words what a JSON schema allows."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(_shape(option) for option in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f"“{value}”" for value in schema["enum"])
    if "const" in schema:
        return f"“{schema['const']}”"
    if schema.get("type") == "array":
        return f"list of {_shape(schema.get('items', {}))}"
    bounds = [
        text.format(schema[key])
        for key, text in BOUNDS.items()
        if schema.get(key) not in (None, "")
    ]
    return ", ".join([str(schema.get("type", "anything")), *bounds])


def _explain(kind: type[DomainError]) -> dict[str, Any]:
    status, name, title = problems.PROBLEMS[kind]
    return {
        "name": name,
        "status": int(status),
        "phrase": status.phrase,
        "title": title,
        "meaning": pages.meaning(kind),
    }
