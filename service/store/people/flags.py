"""Flags: readers' reports, one a reader."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import moments
from service.domain.errors import CommentNotFound, NotFlaggable
from service.domain.flag import Flag, FlagReason, Notice
from service.store import scripts
from service.store.keys import Keys

# Between a note and the JSON of a notice; a cleaned text never holds a control character.
SEPARATOR = "\x1e"


def raise_flag(redis: Redis, keys: Keys, comment: str, flag: Flag) -> int:
    """Keep a reader's flag and tell from how many networks the comment is flagged by now.

    :raises CommentNotFound: there is no such comment.
    :raises NotFlaggable: it is not approved.
    """
    places = [keys.comment(comment), keys.flags(comment), keys.flagged(), keys.acts()]
    args = [flag.reader, _write(flag), comment, flag.reason.value]
    match scripts.run(redis, "flag_comment", places, args):
        case ["ok", count]:
            return int(count)
        case ["missing"]:
            raise CommentNotFound(comment)
        case _:
            raise NotFlaggable(comment)


def has_flagged(redis: Redis, keys: Keys, comment: str, reader: str) -> bool:
    """Tell whether a reader's flag on a comment is kept."""
    return bool(redis.hexists(keys.flags(comment), reader))


def of_comment(redis: Redis, keys: Keys, comment: str) -> list[Flag]:
    """Read every flag on a comment, the oldest first."""
    found = cast("dict[str, str]", redis.hgetall(keys.flags(comment)))
    return sorted((_read(reader, entry) for reader, entry in found.items()), key=lambda f: f.at)


def of_comments(redis: Redis, keys: Keys, comments: Sequence[str]) -> list[list[Flag]]:
    """Read every flag on some comments, in their order."""
    with redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hgetall(keys.flags(comment))
        found = cast("list[dict[str, str]]", pipe.execute())
    return [sorted((_read(*row) for row in kept.items()), key=lambda f: f.at) for kept in found]


def first_of(redis: Redis, keys: Keys, comments: Sequence[str]) -> dict[str, datetime]:
    """Tell when each of these comments was flagged first; one that nobody flagged is left out."""
    with redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hvals(keys.flags(comment))
        rows = cast("list[list[str]]", pipe.execute())
    found = {
        comment: [int(entry.split(" ", 1)[0]) for entry in row]
        for comment, row in zip(comments, rows, strict=True)
    }
    return {comment: moments.from_ms(min(times)) for comment, times in found.items() if times}


def _write(flag: Flag) -> str:
    reason = f"{flag.reason.value}/{flag.network}" if flag.network else flag.reason.value
    entry = f"{moments.to_ms(flag.at)} {reason} {flag.note}"
    if flag.notice is None:
        return entry
    return f"{entry}{SEPARATOR}{json.dumps(asdict(flag.notice), ensure_ascii=False)}"


def _read(reader: str, entry: str) -> Flag:
    at, reason, rest = entry.split(" ", 2)
    reason, _, network = reason.partition("/")
    note, _, notice = rest.partition(SEPARATOR)
    return Flag(
        reader=reader,
        reason=FlagReason(reason),
        note=note,
        at=moments.from_ms(at),
        network=network,
        notice=Notice(**json.loads(notice)) if notice else None,
    )
