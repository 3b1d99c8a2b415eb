"""Load the Lua beside this file, one script a file; `--@include NAME` brings in lib/NAME.lua."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from redis import Redis
from redis.exceptions import NoScriptError

Call = tuple[Sequence[str], Sequence[str | int | float]]
INCLUDE = re.compile(r"^--@include (\w+)$", re.MULTILINE)


def run(redis: Redis, name: str, keys: Sequence[str], args: Sequence[str | int | float]) -> Any:
    """Run a script by name; the server keeps it after the first time."""
    source, digest = _script(name)
    try:
        return redis.evalsha(digest, len(keys), *keys, *args)
    except NoScriptError:
        return redis.eval(source, len(keys), *keys, *args)


def run_many(redis: Redis, name: str, calls: Sequence[Call]) -> list[Any]:
    """Run one script many times in one round trip; each run is atomic, not all together."""
    _, digest = _script(name)
    with redis.pipeline(transaction=False) as pipe:
        for keys, args in calls:
            pipe.execute_command("EVALSHA", digest, len(keys), *keys, *args)  # type: ignore[no-untyped-call]
        answers = pipe.execute(raise_on_error=False)
    unknown = [at for at, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
    if unknown:
        # The server has never seen the script and did nothing: once run by itself, it is known.
        answers[unknown[0]] = run(redis, name, *calls[unknown[0]])
        rest = run_many(redis, name, [calls[at] for at in unknown[1:]])
        for at, answer in zip(unknown[1:], rest, strict=True):
            answers[at] = answer
    return [_answer(answer) for answer in answers]


def _answer(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    return answer


@cache
def _script(name: str) -> tuple[str, str]:
    source = INCLUDE.sub(lambda line: _read(f"lib/{line[1]}"), _read(name))
    return source, hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()


def _read(name: str) -> str:
    return files("service.store").joinpath("lua", f"{name}.lua").read_text("utf-8")
