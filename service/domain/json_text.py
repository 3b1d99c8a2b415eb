"""JSON from strangers: every fault of it is one kind of error."""

import json
from typing import Any


def parse(text: str | bytes) -> Any:
    """Return what a JSON text says.

    :raises ValueError: it is no JSON, or nested deeper than this process can follow.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
