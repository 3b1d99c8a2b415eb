"""JSON texts that strangers send: read in full, or refused with one kind of error."""

import json
from typing import Any, NoReturn


def parse(text: str | bytes) -> Any:
    """Return what a JSON text says.

    :raises ValueError: it is not JSON, or is nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def parse_strictly(text: str | bytes) -> Any:
    """Parse a JSON text that can be stored and written again.

    :raises ValueError: it is not JSON (RFC 8259), is nested too deeply, or contains a lone
        surrogate, which no encoding can express.
    """
    try:
        content = json.loads(text, parse_constant=_refuse)
        json.dumps(content, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return content


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
