"""Blocklists: find a site's blocked words, phrases and RE2 patterns in a text."""

from functools import lru_cache
from typing import Any

import re2


def blocked_in(text: str, blocked: tuple[str, ...]) -> tuple[str, ...]:
    """List the entries of a blocklist that match a text.

    RE2 runs in time linear in the text, whatever the pattern.
    """
    return tuple(entry for entry in blocked if _pattern(entry).search(text))


@lru_cache(maxsize=10_000)
def _pattern(entry: str) -> Any:
    return re2.compile(pattern_of(entry))


def pattern_of(entry: str) -> str:
    """Convert an entry to RE2: `/…/` unchanged, anything else as whole words in any case."""
    if len(entry) > 2 and entry.startswith("/") and entry.endswith("/"):
        return f"(?i){entry[1:-1]}"
    # RE2's \\b knows ASCII only, so the word boundary is spelled out for all scripts.
    return rf"(?i)(?:^|[^\pL\pN]){re2.escape(entry)}(?:$|[^\pL\pN])"


def refused(entry: str) -> str:
    """Explain why an entry is invalid, "" if it is valid: RE2 refuses what could run for ever."""
    try:
        re2.compile(pattern_of(entry), _quiet())
    except re2.error as error:
        return str(error.args[0].decode() if isinstance(error.args[0], bytes) else error)
    return ""


def places(text: str, blocked: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """List the matches in a text as (entry, start, end), in the order of the text."""
    matches = []
    for entry in blocked:
        for match in _pattern(entry).finditer(text):
            start, end = match.span()
            # The pattern of a word also matches the characters around it; leave them out.
            while start < end and not _is_exact(entry) and not text[start].isalnum():
                start += 1
            while end > start and not _is_exact(entry) and not text[end - 1].isalnum():
                end -= 1
            if end > start:
                matches.append((entry, start, end))
    return sorted(matches, key=lambda place: place[1:])


def _is_exact(entry: str) -> bool:
    """Return whether a match has no extra characters: a pattern, or signs at the edges."""
    return entry.startswith("/") or not (entry[:1].isalnum() and entry[-1:].isalnum())


def _quiet() -> Any:
    options = re2.Options()
    options.log_errors = False
    return options
