"""JSON as Google's servers read it: loosely, since its own first quickstart was no valid JSON.

Read are names without quotation marks, texts between single ones, line breaks within texts, and a
comma after the last member. The package json5 (0.17) refuses the line breaks, and took 0.8 s for
30 KiB of short members; one pass that makes JSON of such a text takes 5 ms, any text linear time.
"""

import json
import re
from typing import Any

# What follows a quotation mark without an end is left alone: so each character is looked at once.
DEVIATION = re.compile(
    r"""
    (?P<text> "(?:[^"\\]++|\\.)*+" )
    | (?P<single> '(?:[^'\\]++|\\.)*+' )
    | (?P<rest> ["'].*+ )
    | (?P<name> (?<![\w$])[A-Za-z_$][\w$]*+(?=\s*+:) )
    | (?P<comma> ,(?=\s*+[}\]]) )
    """,
    re.VERBOSE | re.DOTALL,
)
QUOTED = re.compile(r'\\.|"', re.DOTALL)
REQUOTED = {"\\'": "'", '"': '\\"'}
# Longer bodies have to be valid JSON. The longest text of the protocol takes 120 KiB when escaped.
LONGEST = 256 * 1024


def parse(content: bytes) -> Any:
    """Return what a loosely written JSON text says.

    :raises ValueError: it is not even that, is too long, or is nested too deeply.
    """
    if len(content) > LONGEST:
        raise ValueError("too long to be read loosely")
    text = content.decode(json.detect_encoding(content), "surrogatepass")
    try:
        return json.loads(DEVIATION.sub(_strictly, text), strict=False)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _strictly(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "single":
            return f'"{QUOTED.sub(_requoted, found[0][1:-1])}"'
        case "name":
            return f'"{found[0]}"'
        case "comma":
            return ""
        case _:
            return found[0]


def _requoted(mark: re.Match[str]) -> str:
    return REQUOTED.get(mark[0], mark[0])
