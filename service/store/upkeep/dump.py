"""Backups of the record as text that any server version can load.

A server's own files load only in the same or a later version (Redis 7 cannot load Valkey 9 files).
Here each key is one line of JSON with its own checksum, so that a damaged line can be named; the
last line has the number of lines. Only primary data is written: sorted sets and the search index
are derived from it, and `repair` rebuilds them.
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
    # An hour's counts outlive the flags that they were counted from.
    | {"acts", "alert", "hour", "rolled", "title", "voted", "moves"}
)


class DumpDamaged(Exception):
    """The backup is incomplete or damaged; the message names the line."""


@dataclass(frozen=True, slots=True)
class DumpLine:
    """A key, or a part of a long one: name, type, content, and expiry (ms; None: never)."""

    key: str
    kind: str
    content: Any
    ends: int | None


def write(redis: Redis, file: IO[str], *, now_ms: int) -> Iterator[int]:
    """Write every key of primary data, yielding the number of lines so far."""
    count = 0
    for batch in _batches(_primary_keys(redis)):
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
    """Return whether the store has no data of ours yet."""
    return next(_primary_keys(redis, besides=names.SCHEMA), None) is None


def restore(redis: Redis, lines: Iterable[DumpLine]) -> Iterator[int]:
    """Restore the lines of a backup, yielding the number of lines so far."""
    count = 0
    for batch in _batches(iter(lines)):
        with redis.pipeline(transaction=False) as pipe:
            for line in batch:
                _restore(pipe, line)
            pipe.execute()
        count += len(batch)
        yield count


def _primary_keys(redis: Redis, besides: str = "") -> Iterator[str]:
    seen: set[str] = set()
    # SCAN may return a key twice.
    for key in cast("Iterator[str]", redis.scan_iter(match="fm:*", count=BATCH)):
        if key not in seen and key != besides and _is_primary(key):
            seen.add(key)
            yield key


def _is_primary(key: str) -> bool:
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
    """Yield the content of a key, a stream in parts; nothing if it has gone meanwhile."""
    match kind:
        case "string":
            yield from (value for value in redis.mget([key]) if value is not None)
        case "hash":
            fields = redis.hgetall(key)
            # A comment's place in the search index, which is rebuilt.
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
        raise DumpDamaged(f"line {number}: this is not a line of a backup") from None
    if not fits or len(content) not in (2, 4):
        raise DumpDamaged(f"line {number}: the checksum does not fit, the line was changed")
    return content


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
