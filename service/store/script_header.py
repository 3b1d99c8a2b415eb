"""Headers of Lua scripts: they name the keys and arguments that the body uses.

    -- KEYS
    --   votes    of the comment (hash)
    -- ARGV
    --   voter
    --   fields…  field, value, … of the hash
    --
    -- Returns "ok", or "missing".

A description may follow a name after two spaces, and continue on further indented lines. Only the
last argument may be a list: its name ends in "…". The body uses `keys.votes`, `args.voter` and
`args.fields`. They become `KEYS[1]`, `ARGV[1]` and a table when the script is loaded, so that names
cost nothing at run time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

SECTIONS = {"-- KEYS": "keys", "-- ARGV": "args"}
ENTRY = re.compile(r"--   ([a-z_]+…?)(?:  +\S.*)?")
CONTINUED = re.compile(r"--    +\S.*")
RETURNS = re.compile(r"^-- Returns \S", re.MULTILINE)
USED = re.compile(r"(?<![\w.])(keys|args)\.(\w+)")
POSITIONAL = re.compile(r"\b(?:KEYS|ARGV)\b")


class BadScript(Exception):
    """A script's header is invalid, or its body does not match it."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a script's keys and arguments in order, and of the final list."""

    keys: tuple[str, ...]
    args: tuple[str, ...]
    rest: str = ""
    key_names: frozenset[str] = field(init=False, compare=False)
    arg_names: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Store the names as sets too, since every call is compared with them."""
        object.__setattr__(self, "key_names", frozenset(self.keys))
        object.__setattr__(self, "arg_names", frozenset({*self.args, self.rest} - {""}))

    def differ(self, keys: Iterable[str], args: Iterable[str]) -> str:
        """Describe the names that a call lacks, and those that the header does not have."""
        given = {f"keys.{name}" for name in keys} | {f"args.{name}" for name in args}
        in_header = {f"keys.{name}" for name in self.key_names}
        in_header |= {f"args.{name}" for name in self.arg_names}
        lacks, unknown = sorted(in_header - given), sorted(given - in_header)
        return f"lacks {', '.join(lacks) or 'nothing'} and knows no {', '.join(unknown) or 'other'}"

    def in_lua(self) -> dict[tuple[str, str], str]:
        """Return the Lua expression for each name."""
        keys = {("keys", name): f"KEYS[{i}]" for i, name in enumerate(self.keys, 1)}
        args = {("args", name): f"ARGV[{i}]" for i, name in enumerate(self.args, 1)}
        if self.rest:
            args["args", self.rest] = f"{{unpack(ARGV, {len(self.args) + 1})}}"
        return keys | args


def read(source: str) -> Header:
    """Parse the header of a script.

    :raises BadScript: the header is incomplete or malformed.
    """
    names: dict[str, list[str]] = {"keys": [], "args": []}
    for section, name in _entries(source):
        if name in names[section]:
            raise BadScript(f"{name} stands twice in the header")
        names[section].append(name)
    keys, args = names["keys"], names["args"]
    if not keys or not RETURNS.search(source):
        raise BadScript("the header must name its KEYS and say what it Returns")
    rest = args.pop()[:-1] if args and args[-1].endswith("…") else ""
    if any(name.endswith("…") for name in (*keys, *args)) or rest in args:
        raise BadScript("only the last argument may be a list")
    return Header(tuple(keys), tuple(args), rest)


def resolve(source: str, header: Header) -> str:
    """Replace the names in a script's body by positions.

    :raises BadScript: the body uses a name that the header lacks, or a position, or the header has
        a name that the body does not use.
    """
    expressions = header.in_lua()
    start = len("".join(_lines_of_header(source)))
    body = source[start:]
    if position := POSITIONAL.search(body):
        raise BadScript(f"{position[0]} is used by its position")
    used = {(use[1], use[2]) for use in USED.finditer(body)}
    if wrong := used ^ expressions.keys():
        raise BadScript(f"{_named(wrong)} must stand in the header and be used, both")
    return source[:start] + USED.sub(lambda use: expressions[use[1], use[2]], body)


def is_bound(library: str) -> bool:
    """Return whether an included library uses keys or arguments directly."""
    return bool(USED.search(library) or POSITIONAL.search(library))


def _lines_of_header(source: str) -> Iterator[str]:
    return takewhile(lambda line: line.startswith("-- ") or line == "--\n", source.splitlines(True))


def _entries(source: str) -> Iterator[tuple[str, str]]:
    """Yield the section and the name of each entry."""
    section = ""
    for line in map(str.rstrip, _lines_of_header(source)):
        if line in SECTIONS:
            section = SECTIONS[line]
        elif line == "--":
            section = ""
        elif section and (entry := ENTRY.fullmatch(line)):
            yield section, entry[1]
        elif section and not CONTINUED.fullmatch(line):
            raise BadScript(f"no name can be read from {line!r}")


def _named(names: set[tuple[str, str]]) -> str:
    return ", ".join(f"{section}.{name}" for section, name in sorted(names))
