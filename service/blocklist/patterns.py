r"""Blocked patterns: RE2 (https://github.com/google/re2/wiki/Syntax), with words of all scripts.

RE2's `\b`, `\w`, `\d` and `\s` know ASCII only. The classes are replaced by Unicode's. RE2 cannot
look around, so for `\b` the text is given a private character at each boundary of a word, which
the pattern demands where it has `\b` and skips everywhere else.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import re2

from service.blocklist.reading import BOUNDARY, HALF, Reading

PROPERTY: Final = r"\\[pP](?:\{[^}]*\}|[A-Za-z])"
ESCAPE: Final = rf"{PROPERTY}|\\x(?:\{{[^}}]*\}}|[0-9A-Fa-f]{{2}})|\\[0-7]{{1,3}}|\\."
IN_CLASS: Final = re.compile(rf"\[:\^?\w+:\]|{ESCAPE}|.", re.DOTALL)
TOKEN: Final = re.compile(
    rf"""
    (?P<quoted>\\Q.*?(?:\\E|$))
  | (?P<escape>{ESCAPE})
  | (?P<set>\[\^?\]?(?:\[:\^?\w+:\]|{ESCAPE}|[^\]\\])*\])
  | (?P<group>\((?:\?(?:P?<[^>]*>|[imsU]*(?:-[imsU]+)?[:)]))?)
  | (?P<repeat>[*+?]\??|\{{\d+(?:,\d*)?\}}\??)
  | (?P<sign>[|)^$])
  | (?P<char>.)
    """,
    re.VERBOSE | re.DOTALL,
)
WORD, DIGIT, SPACE = r"\pL\pM\pN_", r"\p{Nd}", r"\s\x{0b}\x{85}\p{Z}"
SETS: Final = {r"\w": WORD, r"\d": DIGIT, r"\s": SPACE}
OPPOSITES: Final = {r"\W": WORD, r"\D": DIGIT, r"\S": SPACE}
SKIP: Final = f"{BOUNDARY}*"


class Pattern:
    """An RE2 pattern, in any case."""

    def __init__(self, source: str) -> None:
        self._source = HALF.sub("\ufffd", source)

    def check(self) -> None:
        """Check the pattern.

        :raises ValueError: RE2 or we cannot use it, or it matches a text with nothing in it.
        """
        try:
            compiled = re2.compile(f"(?i){self._source}", _quiet())
        except re2.error as error:
            raise ValueError(_explain(error)) from None
        if compiled.search(""):
            raise ValueError("it matches an empty text, and so every comment")
        self._translate()

    def is_in(self, reading: Reading) -> bool:
        """Return whether a text matches."""
        return any(self._compiled.search(form.text) for form in self._forms(reading))

    def places(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield where it matches a text; for boundaries alone there is no place."""
        for form in self._forms(reading):
            for match in self._compiled.finditer(form.text):
                start, end = match.span()
                if start < end:
                    first, last = form.original(start, end)
                    if first < last:
                        yield first, last

    def _forms(self, reading: Reading) -> Any:
        return reading.marked_forms if self._has_boundary else reading.forms

    @cached_property
    def _has_boundary(self) -> bool:
        return any(token["escape"] == r"\b" for token in TOKEN.finditer(self._source))

    @cached_property
    def _compiled(self) -> Any:
        try:
            return re2.compile(f"(?i){self._translate()}", _quiet())
        except ValueError:
            # Saved when nothing was rewritten: it means what it meant then.
            return re2.compile(f"(?i){self._source}", _quiet())

    def _translate(self) -> str:
        """Rewrite the pattern.

        :raises ValueError: it uses what cannot be rewritten, or gets too large.
        """
        rewritten = "".join(map(self._piece, TOKEN.finditer(self._source)))
        try:
            re2.compile(f"(?i){rewritten}", _quiet())
        except re2.error as error:
            raise ValueError(_explain(error)) from None
        return rewritten

    def _piece(self, token: re.Match[str]) -> str:
        match token.lastgroup:
            case "group" | "repeat":
                return token[0]
            case "sign":
                return f"{SKIP}$" if token[0] == "$" and self._has_boundary else token[0]
            case "quoted":
                chars = token[0].removeprefix(r"\Q").removesuffix(r"\E")
                return "".join(self._atom(re2.escape(char)) for char in chars)
            case "escape":
                return self._escape(token[0])
            case "set":
                return self._atom(self._set(token[0]))
        return self._atom(self._any() if token[0] == "." and self._has_boundary else token[0])

    def _escape(self, escape: str) -> str:
        match escape:
            case r"\b":
                return BOUNDARY
            case r"\B":
                raise ValueError(r"\B cannot be used: leave it out, or say what stands there")
            case r"\C":
                raise ValueError(r"\C cannot be used: it matches parts of characters")
            case r"\A":
                return escape
            case r"\z":
                return f"{SKIP}{escape}" if self._has_boundary else escape
        if escape in SETS:
            return self._atom(f"[{SETS[escape]}]")
        if escape in OPPOSITES:
            return self._atom(f"[^{OPPOSITES[escape]}{BOUNDARY}]")
        if escape.startswith(r"\P") and self._has_boundary:
            return self._atom(rf"[^\p{escape[2:]}{BOUNDARY}]")
        return self._atom(escape)

    def _set(self, written: str) -> str:
        start = re.match(r"\[\^?\]?", written)
        opening = start[0] if start else "["
        inner = "".join(
            _in_set(token[0]) for token in IN_CLASS.finditer(written[len(opening) : -1])
        )
        is_opposite = opening.startswith("[^") and self._has_boundary
        return f"{opening}{inner}{BOUNDARY if is_opposite else ''}]"

    def _any(self) -> str:
        flags = "".join(re.findall(r"\(\?([imsU]+)", self._source))
        return f"[^{BOUNDARY}]" if "s" in flags else rf"[^\n{BOUNDARY}]"

    def _atom(self, atom: str) -> str:
        return f"(?:{SKIP}{atom})" if self._has_boundary else atom


def _in_set(part: str) -> str:
    if part in OPPOSITES:
        raise ValueError(rf"{part} cannot be used between brackets")
    return SETS.get(part, part)


def _explain(error: Exception) -> str:
    message = error.args[0] if error.args else ""
    return message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)


def _quiet() -> Any:
    options = re2.Options()
    options.log_errors = False
    return options
