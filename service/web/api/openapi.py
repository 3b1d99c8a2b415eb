"""The OpenAPI 3.1 document: made from the views' own shapes."""

from importlib.metadata import version
from typing import Any

from pydantic import ValidationError
from spectree import SpecTree

from service.domain.errors import Fault, Invalid
from service.web.api import shapes


def _refuse(
    request: Any, response: Any, error: Exception | None, instance: Any, adapter: Any
) -> None:
    """Turn what pydantic finds into our own faults, so that all problems look alike."""
    if isinstance(error, ValidationError):
        raise Invalid(*(_fault(wrong) for wrong in error.errors(include_url=False)))


def _fault(wrong: Any) -> Fault:
    field = ".".join(str(part) for part in wrong["loc"])
    return Fault(field, wrong["type"].replace("_", "-"), wrong["msg"])


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
    # Whatever begins with this path is left out of the document, so it must not be that of the API;
    # the document itself is served by service.web.api.reference.
    path="api/v1/openapi",
    page_templates={},
    mode="strict",
)
