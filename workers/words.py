"""Find what a site has blocked in a text: words, phrases, and RE2 patterns."""

from functools import lru_cache
from typing import Any

import re2


def blocked_in(text: str, blocked: tuple[str, ...]) -> tuple[str, ...]:
    """List the entries of the site's list that the text holds.

    RE2 takes time linear in the text, whatever pattern a moderator writes.
    """
    return tuple(entry for entry in blocked if _pattern(entry).search(text))


@lru_cache(maxsize=10_000)
def _pattern(entry: str) -> Any:
    return re2.compile(pattern_of(entry))


def pattern_of(entry: str) -> str:
    """Turn an entry into RE2: `/…/` as it is, anything else as whole words in any case."""
    if len(entry) > 2 and entry.startswith("/") and entry.endswith("/"):
        return f"(?i){entry[1:-1]}"
    # \\b of RE2 knows ASCII only; letters and digits of every script must not go on here.
    return rf"(?i)(?:^|[^\pL\pN]){re2.escape(entry)}(?:$|[^\pL\pN])"
