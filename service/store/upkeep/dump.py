"""Dump: the record written as text and read back, a backup that any server version can load.

A server's own files load only in the same or a later version (Valkey 9 files do not in Redis 7).
Here each key is one line of JSON with a checksum of its own, so that a damaged line can be named;
the last line says how many there must be. Only the truth is kept: sorted sets and the search
index follow from it, and `repair` makes them anew.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, TypeVar, cast

from redis import Redis

from service.store import keys as names

Thing = TypeVar("Thing")

BATCH = 200
ENTRIES = 1000
OF_INSTALLATION = frozenset(
    {names.SCHEMA, names.SITES, names.MODERATORS, names.API_KEYS, names.AUTHOR_STATUSES}
    | {names.FACTORS, names.RECOVERY, names.PASSKEYS, names.WISHES, names.CHANGES}
)
OF_SITE = frozenset(
    {"c", "b", "t", "v", "f", "a", "unjudged", "tries", "log", "idem", "labels"}
    | {"appeal", "appeals", "badged", "n", "footings", "sent"}
    # An hour's counts outlive the flags that they were made of.
    | {"acts", "alert", "hour", "rolled"}
)


class DumpDamaged(Exception):
    """The backup is incomplete or was changed; the message names the line."""


@dataclass(frozen=True, slots=True)
class DumpLine:
    """One key, or a part of a long one: name, type, content, and when it ends (ms; None: never)."""

    key: str
    kind: str
    content: Any
    ends: int | None


def write(redis: Redis, file: IO[str], *, now_ms: int) -> Iterator[int]:
    """Write every key that holds truth, yielding how many lines are written."""
    count = 0
    for batch in _batches(_kept(redis)):
        for line in _read_keys(redis, batch, now_ms):
            file.write(_encode([line.key, line.kind, line.content, line.ends]))
            count += 1
        yield count
    file.write(_encode(["end", count]))


def read(file: IO[str]) -> Iterator[DumpLine]:
    """Read a backup line by line.

    :raises DumpDamaged: a line is broken or changed, or the end is missing.
    """
    count = 0
    for number, text in enumerate(file, 1):
        content = _decode(number, text)
        if content[0] == "end":
            if content[1] != count or next(file, None) is not None:
                raise DumpDamaged(f"line {number}: this is not the end of this file")
            return
        count += 1
        yield DumpLine(*content)
    raise DumpDamaged(f"line {count + 1}: the end is missing, the file is cut off")


def is_fresh(redis: Redis) -> bool:
    """Tell whether the store holds nothing of ours yet."""
    return next(_kept(redis, besides=names.SCHEMA), None) is None


def restore(redis: Redis, lines: Iterable[DumpLine]) -> Iterator[int]:
    """Write back what `read` gives, yielding how many lines are written."""
    count = 0
    for batch in _batches(iter(lines)):
        with redis.pipeline(transaction=False) as pipe:
            for line in batch:
                _restore(pipe, line)
            pipe.execute()
        count += len(batch)
        yield count


def _kept(redis: Redis, besides: str = "") -> Iterator[str]:
    seen: set[str] = set()
    # SCAN may name a key twice.
    for key in cast("Iterator[str]", redis.scan_iter(match="fm:*", count=BATCH)):
        if key not in seen and key != besides and _holds_truth(key):
            seen.add(key)
            yield key


def _holds_truth(key: str) -> bool:
    _, site, *rest = key.split(":")
    if not site.startswith("{"):
        return key in OF_INSTALLATION
    # "t:THREAD" is an article; "t:THREAD:new" is derived.
    return rest[0] in OF_SITE and len(rest) <= 2


def _batches(things: Iterator[Thing]) -> Iterator[list[Thing]]:
    while batch := list(islice(things, BATCH)):
        yield batch


def _read_keys(redis: Redis, batch: list[str], now_ms: int) -> Iterator[DumpLine]:
    with redis.pipeline(transaction=False) as pipe:
        for key in batch:
            pipe.type(key)
            pipe.pttl(key)
        answers = pipe.execute()
    for key, kind, left in zip(batch, answers[::2], answers[1::2], strict=True):
        ends = now_ms + left if left >= 0 else None
        for content in _contents(redis, key, kind):
            yield DumpLine(key, kind, content, ends)


def _contents(redis: Redis, key: str, kind: str) -> Iterator[Any]:
    """Give what a key holds, a stream in parts; nothing if it has gone meanwhile."""
    match kind:
        case "string":
            yield from (value for value in redis.mget([key]) if value is not None)
        case "hash":
            fields = redis.hgetall(key)
            # A comment's place in the search index, which is made anew.
            fields.pop("x", None)
            yield from (value for value in [fields] if value)
        case "zset":
            yield from (value for value in [redis.zrange(key, 0, -1, withscores=True)] if value)
        case "stream":
            start = "-"
            while part := redis.xrange(key, start, "+", count=ENTRIES):
                yield part
                start = "(" + cast("str", part[-1][0])


def _restore(pipe: Any, line: DumpLine) -> None:
    match line.kind:
        case "string":
            pipe.set(line.key, line.content)
        case "hash":
            pipe.hset(line.key, mapping=line.content)
        case "zset":
            pipe.zadd(line.key, dict(line.content))
        case "stream":
            for entry, fields in line.content:
                pipe.xadd(line.key, fields, id=entry)
    if line.ends is not None:
        pipe.pexpireat(line.key, line.ends)


def _encode(content: list[Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f'{{"sum":"{_sum(text)}","key":{text}}}\n'


def _decode(number: int, text: str) -> list[Any]:
    try:
        line = json.loads(text)
        content: list[Any] = line["key"]
        fits = line["sum"] == _sum(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    except (ValueError, TypeError, KeyError):
        raise DumpDamaged(f"line {number}: this is no line of a backup") from None
    if not fits or len(content) not in (2, 4):
        raise DumpDamaged(f"line {number}: the checksum does not fit, the line was changed")
    return content


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
