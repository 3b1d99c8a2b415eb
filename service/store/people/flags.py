"""Flags: readers' reports, one per reader and comment."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter, ValidationError

from service.domain import moments
from service.domain.errors import CommentNotFound, NotFlaggable
from service.domain.flag import MOST_FLAGS, MOST_OF_NETWORK, Flag, FlagReason, Notice
from service.store import scripts
from service.store.record import Record
from service.store.scripts import Argument

# Between a note and the JSON of a notice; cleaned text never has control characters.
SEPARATOR = "\x1e"
ENTRY = re.compile(r"[0-9]{1,15} [a-z-]+(?:/[A-Za-z0-9_.-]*)? ", re.ASCII)
NOTICE = TypeAdapter(Notice)


def raise_flag(record: Record, comment: str, flag: Flag) -> int:
    """Store a reader's flag, and count the networks that have flagged the comment.

    Flags beyond what is kept of one network, and in all, are only counted.

    :raises CommentNotFound: there is no such comment.
    :raises NotFlaggable: the comment is not approved.
    """
    keys = {
        "comment": record.keys.comment(comment),
        "flags": record.keys.flags(comment),
        "flagged": record.keys.flagged(),
        "acts": record.keys.acts(),
    }
    args: dict[str, Argument] = {
        "reader": flag.reader,
        "at": moments.to_ms(flag.at),
        "flag": _write(flag),
        "id": comment,
        "reason": flag.reason.value,
        "most_of_network": MOST_OF_NETWORK,
        "most": MOST_FLAGS,
    }
    match scripts.run(record.redis, "flag_comment", keys=keys, args=args):
        case ["ok", count]:
            return int(count)
        case ["missing"]:
            raise CommentNotFound(comment)
        case _:
            raise NotFlaggable(comment)


def check(reader: str, entry: str) -> Flag:
    """Read a flag that was stored elsewhere.

    :raises ValueError: it has not the form in which flags are stored.
    """
    if not ENTRY.match(entry):
        raise ValueError("not “ms reason/network note”")
    try:
        flag = _read(reader, entry)
        if flag.notice:
            NOTICE.validate_json(json.dumps(asdict(flag.notice)), strict=True)
    except (OverflowError, RecursionError, TypeError, ValidationError):
        raise ValueError("not a flag with its notice") from None
    return flag


def has_flagged(record: Record, comment: str, reader: str) -> bool:
    """Return whether a reader has flagged a comment."""
    return bool(record.redis.hexists(record.keys.flags(comment), reader))


def of_comment(record: Record, comment: str) -> list[Flag]:
    """Read every flag on a comment, the oldest first."""
    rows = cast("dict[str, str]", record.redis.hgetall(record.keys.flags(comment)))
    return sorted((_read(reader, entry) for reader, entry in rows.items()), key=lambda f: f.at)


def of_comments(record: Record, comments: Sequence[str]) -> list[list[Flag]]:
    """Read every flag on each of these comments, in the given order."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hgetall(record.keys.flags(comment))
        rows = cast("list[dict[str, str]]", pipe.execute())
    return [sorted((_read(*flag) for flag in row.items()), key=lambda f: f.at) for row in rows]


def first_of(record: Record, comments: Sequence[str]) -> dict[str, datetime]:
    """Return when each of these comments was first flagged, leaving out those without flags."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hvals(record.keys.flags(comment))
        rows = cast("list[list[str]]", pipe.execute())
    moments_of = {
        comment: [int(entry.split(" ", 1)[0]) for entry in row]
        for comment, row in zip(comments, rows, strict=True)
    }
    return {comment: moments.from_ms(min(times)) for comment, times in moments_of.items() if times}


def _write(flag: Flag) -> str:
    reason = f"{flag.reason.value}/{flag.network}" if flag.network else flag.reason.value
    entry = f"{reason} {flag.note}"
    if flag.notice is None:
        return entry
    return f"{entry}{SEPARATOR}{json.dumps(asdict(flag.notice), ensure_ascii=False)}"


def _read(reader: str, entry: str) -> Flag:
    moment, reason, rest = entry.split(" ", 2)
    reason, _, network = reason.partition("/")
    note, _, notice = rest.partition(SEPARATOR)
    return Flag(
        reader=reader,
        reason=FlagReason(reason),
        note=note,
        at=moments.from_ms(moment),
        network=network,
        notice=Notice(**json.loads(notice)) if notice else None,
    )
