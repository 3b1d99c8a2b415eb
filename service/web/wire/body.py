"""Request bodies of other systems' clients: JSON under any media type."""

from typing import Any

from flask import request

from service.domain import json_text
from service.web.wire import loose_json


class NotJson(Exception):
    """The body is not a JSON object."""


def allow(size: int) -> None:
    """Allow a larger body for this request; beyond that the answer is 413."""
    request.max_content_length = size
    request.max_form_memory_size = size


def json_object() -> dict[str, Any]:
    """Read a JSON object, whatever the media type.

    :raises NotJson: the body is not a JSON object.
    """
    try:
        content = json_text.parse(request.get_data(cache=True))
    except ValueError:
        raise NotJson from None
    if not isinstance(content, dict):
        raise NotJson
    return content


def loose_object(content: bytes) -> dict[str, Any]:
    """Read a JSON object as loosely as Google's servers do, if it is not valid JSON.

    :raises NotJson: the body is not even that.
    """
    try:
        read = json_text.parse(content)
    except ValueError:
        read = _loosely(content)
    if not isinstance(read, dict):
        raise NotJson
    return read


def _loosely(content: bytes) -> Any:
    try:
        return loose_json.parse(content)
    except ValueError:
        raise NotJson from None


def text_of(value: str) -> str:
    """Return a text that can be encoded, since JSON may contain lone surrogates."""
    if value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
