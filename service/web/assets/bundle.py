"""Join hand-written modules into one script: each keeps a scope of its own, nothing is renamed."""

import re
from collections.abc import Callable

IMPORT = re.compile(r'^import\s+(?:\{([^}]*)\}\s*from\s*)?"\./([\w-]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) (\w+))", re.MULTILINE)
LATER = re.compile(r'\bimport\("\./([\w-]+)\.js"\)')
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class NotJoinable(ValueError):
    """A module uses a form of import or export that this does not know."""


def join(entry: str, read: Callable[[str], str], address: Callable[[str], str]) -> str:
    """Write a module with all that it imports, in the order they run, as one module.

    `address` tells where a module stands that is loaded only when it is wanted.

    :raises NotJoinable: modules import each other in a circle, or in an unknown form.
    """
    done: dict[str, str] = {}
    _add(entry, read, done, ())
    whole = "\n".join(done.values())
    return LATER.sub(lambda match: f'import("{address(match[1] + ".js")}")', whole)


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
    given = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    return f"const {_variable(name)} = (() => {{\n{body}{given}}})();\n"


def _unpacked(match: re.Match[str]) -> str:
    names = (match[1] or "").replace(" as ", ": ").strip()
    return f"const {{ {names} }} = {_variable(match[2])};\n" if names else ""


def _variable(name: str) -> str:
    return f"module_{name.replace('-', '_')}"
