"""Languages as pages and requests name them: by tags of BCP 47 (RFC 5646)."""

import re
from collections.abc import Sequence

_PRIMARY = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9_-]{1,32})?\s*")


def primary(tag: str) -> str:
    """Return a tag's language without script and region, in lower case; "" if it is no tag."""
    found = _PRIMARY.fullmatch(tag)
    return found[1].lower() if found else ""


def only(tags: Sequence[str]) -> str:
    """Return the language if all tags name the same one; of several, the text has to tell."""
    named = set(map(primary, tags)) - {""}
    return named.pop() if len(named) == 1 else ""
