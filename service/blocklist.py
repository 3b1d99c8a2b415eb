"""The blocklist of a site: words, phrases and RE2 patterns, found in a text."""

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


def refused(entry: str) -> str:
    """Say why an entry cannot be used, "" if it can: RE2 takes nothing that could run for ever."""
    try:
        re2.compile(pattern_of(entry), _quiet())
    except re2.error as error:
        return str(error.args[0].decode() if isinstance(error.args[0], bytes) else error)
    return ""


def places(text: str, blocked: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """List which entry matches where in a text, in the order of the text."""
    matches = []
    for entry in blocked:
        for match in _pattern(entry).finditer(text):
            start, end = match.span()
            # The pattern of a word matches what stands beside it, too; that is no part of it.
            while start < end and not _is_in(entry) and not text[start].isalnum():
                start += 1
            while end > start and not _is_in(entry) and not text[end - 1].isalnum():
                end -= 1
            if end > start:
                matches.append((entry, start, end))
    return sorted(matches, key=lambda place: place[1:])


def _is_in(entry: str) -> bool:
    """Tell whether an entry is a pattern, or begins or ends with a sign that counts."""
    return entry.startswith("/") or not (entry[:1].isalnum() and entry[-1:].isalnum())


def _quiet() -> Any:
    options = re2.Options()
    options.log_errors = False
    return options
