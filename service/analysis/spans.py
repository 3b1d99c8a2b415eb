"""Spans: where the sentences of a text are, counted as JavaScript and Java do, in UTF-16 units."""

import re
from collections.abc import Callable
from itertools import accumulate

# A sentence goes to its closing marks, with the quotation marks and brackets after them, or to the
# end of its line; full-width marks need no space after them. A run of marks is looked at once, from
# its first one (lookbehind, possessive), so that no text takes more than linear time.
SENTENCE = re.compile(
    r"""\S.*?(?:(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s|$)|(?<![。！？])[。！？]++[”’」』）]*+|$)""",
    re.MULTILINE,
)
MOST = 100
LAST_OF_BMP = "\uffff"


def sentences(text: str) -> list[tuple[int, int]]:
    """Give where each sentence begins and ends; after a hundred the rest is one."""
    places = [match.span() for match in SENTENCE.finditer(text)]
    if len(places) > MOST:
        places = [*places[: MOST - 1], (places[MOST - 1][0], places[-1][1])]
    return places


def in_utf16(text: str) -> Callable[[int], int]:
    """Give the function that turns a place in a text into its place in UTF-16."""
    if text.isascii() or max(text) <= LAST_OF_BMP:
        return int
    places = [0, *accumulate(1 + (char > LAST_OF_BMP) for char in text)]
    return places.__getitem__
