"""Flags: readers' reports, one a reader."""

from typing import cast

from redis import Redis

from service.domain import moments
from service.domain.errors import CommentNotFound, NotFlaggable
from service.domain.flag import Flag, FlagReason
from service.store import scripts
from service.store.keys import Keys


def raise_flag(redis: Redis, keys: Keys, comment: str, flag: Flag) -> int:
    """Keep a reader's flag and give how many readers have flagged the comment.

    :raises CommentNotFound: there is no such comment.
    :raises NotFlaggable: it is not approved.
    """
    entry = f"{moments.to_ms(flag.at)} {flag.reason.value} {flag.note}"
    places = [keys.comment(comment), keys.flags(comment), keys.flagged()]
    match scripts.run(redis, "flag_comment", places, [flag.reader, entry, comment]):
        case ["ok", count]:
            return int(count)
        case ["missing"]:
            raise CommentNotFound(comment)
        case _:
            raise NotFlaggable(comment)


def of_comment(redis: Redis, keys: Keys, comment: str) -> list[Flag]:
    """Read every flag on a comment, the oldest first."""
    found = cast("dict[str, str]", redis.hgetall(keys.flags(comment)))
    return sorted((_read(reader, entry) for reader, entry in found.items()), key=lambda f: f.at)


def _read(reader: str, entry: str) -> Flag:
    at, reason, note = entry.split(" ", 2)
    return Flag(reader=reader, reason=FlagReason(reason), note=note, at=moments.from_ms(at))
