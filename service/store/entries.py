"""Entries of a hash that hold JSON, such as sites and accounts, with optimistic locking.

An entry is replaced only if it is still the one that was read: the slower of two writers reads
again and repeats the change.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.errors import ChangedMeanwhile
from service.store import scripts

Content = TypeVar("Content")
TRIES = 10


def replace(
    redis: Redis, place: str, name: str, kind: TypeAdapter[Content], old: Content, new: Content
) -> bool:
    """Replace the entry that was read; False if somebody changed it meanwhile.

    `place` is the hash, `name` the field, `kind` the adapter that parses and writes the entry.
    """
    text = cast("str | None", redis.hget(place, name))
    # Compared as objects: an earlier version may have written different JSON for the same content.
    if text is None or kind.validate_json(text) != old:
        return False
    args = {"name": name, "old": text, "new": kind.dump_json(new).decode()}
    answer = scripts.run(redis, "replace_entry", keys={"entries": place}, args=args)
    return bool(answer == "replaced")


def revise(
    redis: Redis,
    place: str,
    name: str,
    kind: TypeAdapter[Content],
    change: Callable[[Content], Content],
) -> tuple[Content, Content] | None:
    """Change an entry and return it before and after; None if there is none.

    `change` is called again after a concurrent change, and may refuse by raising.

    :raises ChangedMeanwhile: all attempts met concurrent changes.
    """
    for _ in range(TRIES):
        text = cast("str | None", redis.hget(place, name))
        if text is None:
            return None
        old = kind.validate_json(text)
        new = change(old)
        if replace(redis, place, name, kind, old, new):
            return old, new
    raise ChangedMeanwhile
