"""The Lua scripts in lua/, run by name; `script_header` explains their named arguments.

`--@include NAME` inserts lib/NAME.lua. All scripts are read and checked together when a process
connects: an invalid script stops it there.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from redis import Redis
from redis.exceptions import NoScriptError

from service.store import script_header
from service.store.script_header import BadScript, Header

Value = str | int | float
Argument = Value | Sequence[Value]
INCLUDE = re.compile(r"^--@include (\w+)$", re.MULTILINE)


class Call(NamedTuple):
    """The keys and arguments of one run, by the names in the script's header."""

    keys: Mapping[str, str]
    args: Mapping[str, Argument]


@dataclass(frozen=True, slots=True)
class Script:
    """A script as it is sent to the server."""

    name: str
    header: Header
    source: str
    digest: str

    def arrange(self, call: Call) -> list[Any]:
        """Arrange a call in the order of the header: number of keys, keys, arguments.

        :raises TypeError: a name is missing or unknown, or the last argument is not a list.
        """
        head = self.header
        if call.keys.keys() != head.key_names or call.args.keys() != head.arg_names:
            raise TypeError(f"{self.name} {head.differ(call.keys, call.args)}")
        rest = call.args[head.rest] if head.rest else ()
        if not isinstance(rest, list | tuple):
            raise TypeError(f"{self.name} wants a list as {head.rest}")
        keys, args = map(call.keys.get, head.keys), map(call.args.get, head.args)
        return [len(head.keys), *keys, *args, *rest]


def run(redis: Redis, name: str, *, keys: Mapping[str, str], args: Mapping[str, Argument]) -> Any:
    """Run a script; the server caches it after the first run."""
    script = load()[name]
    return _run(redis, script, script.arrange(Call(keys, args)))


def run_many(redis: Redis, name: str, calls: Sequence[Call]) -> list[Any]:
    """Run one script many times in one round trip; each run is atomic by itself."""
    script = load()[name]
    return _run_many(redis, script, [script.arrange(call) for call in calls])


@cache
def load() -> Mapping[str, Script]:
    """Read and check all scripts once.

    :raises BadScript: one of them is invalid; the message names it.
    """
    folder = files("service.store").joinpath("lua")
    names = [entry.name for entry in folder.iterdir()]
    return {
        name: make(name, _read(name))
        for name in (name.removesuffix(".lua") for name in sorted(names) if name.endswith(".lua"))
    }


def make(name: str, text: str) -> Script:
    """Make a script from the text of its file.

    :raises BadScript: the text is invalid.
    """
    try:
        header = script_header.read(text)
        source = INCLUDE.sub(lambda line: _library(line[1]), script_header.resolve(text, header))
    except BadScript as error:
        raise BadScript(f"{name}.lua: {error}") from None
    digest = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()
    return Script(name, header, source, digest)


def _run(redis: Redis, script: Script, ordered: list[Any]) -> Any:
    try:
        return redis.evalsha(script.digest, *ordered)
    except NoScriptError:
        return redis.eval(script.source, *ordered)


def _run_many(redis: Redis, script: Script, runs: list[list[Any]]) -> list[Any]:
    with redis.pipeline(transaction=False) as pipe:
        for ordered in runs:
            pipe.execute_command("EVALSHA", script.digest, *ordered)  # type: ignore[no-untyped-call]
        answers = pipe.execute(raise_on_error=False)
    unknown = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
    if unknown:
        # The server did not have the script and did nothing; a single run makes it known.
        answers[unknown[0]] = _run(redis, script, runs[unknown[0]])
        rest = _run_many(redis, script, [runs[place] for place in unknown[1:]])
        for place, answer in zip(unknown[1:], rest, strict=True):
            answers[place] = answer
    return [_raised(answer) for answer in answers]


def _raised(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    return answer


def _library(name: str) -> str:
    text = _read(f"lib/{name}")
    if script_header.is_bound(text):
        raise BadScript(f"lib/{name}.lua must be given its keys and arguments")
    return text


def _read(name: str) -> str:
    return files("service.store").joinpath("lua", f"{name}.lua").read_text("utf-8")
