"""Bundle of hand-written modules in one script; each keeps its own scope, without renaming."""

import re
from collections.abc import Callable

IMPORT = re.compile(r'^import\s+(?:\{([^}]*)\}\s*from\s*)?"\./([\w-]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) (\w+))", re.MULTILINE)
LATER = re.compile(r'\bimport\("\./([\w-]+)\.js"\)')
COMMENT = re.compile(r"^\s*(?://.*|/\*\*.*\*/)\n", re.MULTILINE)
INDENT = re.compile(r"^\s+", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class NotJoinable(ValueError):
    """A module cannot be joined: an unknown form of import or export, or a cycle."""


def join(entry: str, read: Callable[[str], str], address: Callable[[str], str]) -> str:
    """Join a module with all its imports, in execution order, into one module.

    `address` returns the address of a module that is loaded on demand.

    :raises NotJoinable: modules import each other in a cycle, or in an unknown form.
    """
    done: dict[str, str] = {}
    _add(entry, read, done, ())
    whole = "\n".join(done.values())
    return LATER.sub(lambda match: f'import("{address(match[1] + ".js")}")', whole)


def enclose(whole: str) -> str:
    """Make a joined module a classic script that leaves no names behind, without comments.

    Our scripts have no text over several lines, so their indentation means nothing.
    """
    return f"(() => {{\n{INDENT.sub('', COMMENT.sub('', whole))}}})();\n"


def _add(
    name: str, read: Callable[[str], str], done: dict[str, str], above: tuple[str, ...]
) -> None:
    if name in above:
        raise NotJoinable(" → ".join((*above, name)))
    if name in done:
        return
    text = read(f"{name}.js")
    for _, imported in IMPORT.findall(text):
        _add(imported, read, done, (*above, name))
    done[name] = _scoped(name, text)


def _scoped(name: str, text: str) -> str:
    exports = EXPORT.findall(text)
    body = EXPORT.sub("", IMPORT.sub(_unpacked, text))
    if left := LEFT.search(body):
        raise NotJoinable(f"{name}.js: {left.group()}")
    result = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    return f"const {_variable(name)} = (() => {{\n{body}{result}}})();\n"


def _unpacked(match: re.Match[str]) -> str:
    names = (match[1] or "").replace(" as ", ": ").strip()
    return f"const {{ {names} }} = {_variable(match[2])};\n" if names else ""


def _variable(name: str) -> str:
    return f"module_{name.replace('-', '_')}"
