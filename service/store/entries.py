"""Entries of a hash that hold JSON, e.g. sites and accounts, changed without losing a change.

An entry is replaced only while it holds what was read: who was slower reads again and changes
what it has become.
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
    """Put a new entry in the place of the one that was read; False if somebody was quicker.

    `place` is the hash, `name` the field, `kind` how the entry is read and written.
    """
    text = cast("str | None", redis.hget(place, name))
    # Compared as what they mean: an earlier version may have written the same in other words.
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
    """Change an entry, and again what it has become where somebody was quicker; None if it is gone.

    `change` is asked each time anew, and may refuse by raising. Gives the old and the new entry.

    :raises ChangedMeanwhile: somebody was quicker again and again.
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
