"""Read bodies that strangers' programs send: JSON, whatever they call it."""

import json
from typing import Any

from flask import request


class NotJson(Exception):
    """The body is no JSON object."""


def allow(size: int) -> None:
    """Let this request's body be larger than others'; what is larger still is 413."""
    request.max_content_length = size
    request.max_form_memory_size = size


def json_object() -> dict[str, Any]:
    """Read a JSON object, whatever its media type says.

    :raises NotJson: it is none.
    """
    try:
        content = json.loads(request.get_data(cache=True))
    except (ValueError, RecursionError):
        raise NotJson from None
    if not isinstance(content, dict):
        raise NotJson
    return content


def text_of(value: str) -> str:
    """Give a text that can be encoded: JSON may hold halves of surrogate pairs."""
    if value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
