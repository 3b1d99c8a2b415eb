"""The OpenAPI 3.1 document: made from the views' own shapes."""

from importlib.metadata import version
from typing import Any

from pydantic import ValidationError
from spectree import SpecTree

from service.domain.errors import Fault, Invalid
from service.web import shapes


def _refuse(
    request: Any, response: Any, error: Exception | None, instance: Any, adapter: Any
) -> None:
    """Turn what pydantic finds into our own faults, so that all problems look alike."""
    if isinstance(error, ValidationError):
        raise Invalid(*(_fault(found) for found in error.errors(include_url=False)))


def _fault(found: Any) -> Fault:
    field = ".".join(str(part) for part in found["loc"])
    return Fault(field, found["type"].replace("_", "-"), found["msg"])


spec = SpecTree(
    "flask",
    annotations=True,
    before=_refuse,
    validation_error_model=shapes.Problem,
    title="Folkmoot",
    version=version("folkmoot"),
    description="Comments, votes and counts for news sites.",
    path="api/v1",
    filename="openapi.json",
    page_templates={},
    mode="strict",
)
