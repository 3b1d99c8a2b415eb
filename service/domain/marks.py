"""Marks on letters: runs that no language has, cut before they cost anything.

Normalization sorts the marks of a letter, and Python takes quadratic time to do so.
"""

import unicodedata
from functools import lru_cache

# The longest run in the Stream-Safe Text Format (UAX #15, section 13).
LONGEST_RUN = 30


def stream_safe(text: str) -> str:
    """Remove the marks beyond thirty on one letter, so that a text is normalized in linear time."""
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if is_mark(char) else 0
        if run <= LONGEST_RUN:
            kept.append(char)
    return "".join(kept) if len(kept) < len(text) else text


@lru_cache(maxsize=20_000)
def is_mark(char: str) -> bool:
    """Return whether a character is put on the one before it, or decomposes into such."""
    return unicodedata.combining(unicodedata.normalize("NFKD", char)[:1] or "a") != 0
