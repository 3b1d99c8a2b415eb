"""The OpenAPI 3.1 document, generated from the views and their shapes."""

from importlib.metadata import version
from typing import Any

from pydantic import ValidationError
from spectree import SpecTree

from service.domain.errors import Fault, Invalid
from service.web.api import shapes


def _refuse(
    request: Any, response: Any, error: Exception | None, instance: Any, adapter: Any
) -> None:
    """Turn pydantic's errors into our own faults, so that all problems look alike."""
    if isinstance(error, ValidationError):
        raise Invalid(*(_fault(detail) for detail in error.errors(include_url=False)))


def _fault(detail: Any) -> Fault:
    field = ".".join(str(part) for part in detail["loc"])
    return Fault(field, detail["type"].replace("_", "-"), detail["msg"])


spec = SpecTree(
    "flask",
    annotations=True,
    before=_refuse,
    validation_error_model=shapes.Problem,
    title="Folkmoot",
    version=version("folkmoot"),
    description="Comments, votes and counts for news sites.",
    naming_strategy=shapes.name_of,
    nested_naming_strategy=lambda parent, child: child.removesuffix("Shape"),
    # Paths with this prefix are left out of the document, so it must not be the API's prefix;
    # service.web.api.reference serves the document itself.
    path="api/v1/openapi",
    page_templates={},
    mode="strict",
)
