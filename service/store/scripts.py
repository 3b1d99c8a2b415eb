"""The Lua scripts in lua/, run by name; their keys and arguments have names too (see `header`).

`--@include NAME` brings in lib/NAME.lua. All scripts are read and checked when the first is needed,
which is when a process connects: a script that is not sound stops it there.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from redis import Redis
from redis.exceptions import NoScriptError

from service.store import header
from service.store.header import BadScript, Header

Value = str | int | float
Argument = Value | Sequence[Value]
INCLUDE = re.compile(r"^--@include (\w+)$", re.MULTILINE)


class Call(NamedTuple):
    """What one run is given, by the names in the script's header."""

    keys: Mapping[str, str]
    args: Mapping[str, Argument]


@dataclass(frozen=True, slots=True)
class Script:
    """One script as the server gets it."""

    name: str
    header: Header
    source: str
    digest: str

    def arrange(self, call: Call) -> list[Any]:
        """Put what a call gives into the order of the header: how many keys, keys, arguments.

        :raises TypeError: something is missing, or has a name that the header lacks.
        """
        keys, args, rest = self.header.keys, self.header.args, self.header.rest
        try:
            ordered = [len(keys), *(call.keys[name] for name in keys)]
            ordered += [call.args[name] for name in args]
            ordered += cast("Sequence[Value]", call.args[rest]) if rest else ()
        except KeyError as missing:
            raise TypeError(f"{self.name} lacks {missing}") from None
        if len(call.keys) > len(keys) or len(call.args) > len(args) + bool(rest):
            unknown = {*call.keys, *call.args} - {*keys, *args, rest}
            raise TypeError(f"{self.name} knows no {', '.join(sorted(unknown))}")
        return ordered


def run(redis: Redis, name: str, *, keys: Mapping[str, str], args: Mapping[str, Argument]) -> Any:
    """Run a script; the server keeps it after the first time."""
    script = load()[name]
    return _run(redis, script, script.arrange(Call(keys, args)))


def run_many(redis: Redis, name: str, calls: Sequence[Call]) -> list[Any]:
    """Run one script many times in one round trip; each run is atomic, not all together."""
    script = load()[name]
    return _run_many(redis, script, [script.arrange(call) for call in calls])


@cache
def load() -> Mapping[str, Script]:
    """Read and check all scripts, once.

    :raises BadScript: one of them is not sound; the message names it.
    """
    folder = files("service.store").joinpath("lua")
    names = [entry.name for entry in folder.iterdir()]
    return {
        name: make(name, _read(name))
        for name in (name.removesuffix(".lua") for name in sorted(names) if name.endswith(".lua"))
    }


def make(name: str, text: str) -> Script:
    """Make a script of the text of its file.

    :raises BadScript: it is not sound.
    """
    try:
        known = header.read(text)
        source = INCLUDE.sub(lambda line: _library(line[1]), header.resolve(text, known))
    except BadScript as error:
        raise BadScript(f"{name}.lua: {error}") from None
    digest = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()
    return Script(name, known, source, digest)


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
    unknown = [at for at, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
    if unknown:
        # The server has never seen the script and did nothing: once run by itself, it is known.
        answers[unknown[0]] = _run(redis, script, runs[unknown[0]])
        rest = _run_many(redis, script, [runs[at] for at in unknown[1:]])
        for at, answer in zip(unknown[1:], rest, strict=True):
            answers[at] = answer
    return [_raised(answer) for answer in answers]


def _raised(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    return answer


def _library(name: str) -> str:
    text = _read(f"lib/{name}")
    if header.is_bound(text):
        raise BadScript(f"lib/{name}.lua is given its keys and arguments by whoever calls it")
    return text


def _read(name: str) -> str:
    return files("service.store").joinpath("lua", f"{name}.lua").read_text("utf-8")
