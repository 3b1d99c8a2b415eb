"""Entries of a hash: one is changed only in the place of what was read, so no change is lost."""

from collections.abc import Callable
from typing import TypeVar, cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.errors import ChangedMeanwhile
from service.store import scripts

Entry = TypeVar("Entry")
TRIES = 10


def replace(
    redis: Redis, place: str, name: str, kind: TypeAdapter[Entry], old: Entry, new: Entry
) -> bool:
    """Put a new entry in the place of the one that was read; False if somebody was quicker."""
    found = cast("str | None", redis.hget(place, name))
    # Compared as what they mean: an earlier version may have written the same in other words.
    if found is None or kind.validate_json(found) != old:
        return False
    args = [name, found, kind.dump_json(new).decode()]
    return bool(scripts.run(redis, "replace_entry", [place], args) == "replaced")


def revise(
    redis: Redis,
    place: str,
    name: str,
    kind: TypeAdapter[Entry],
    change: Callable[[Entry], Entry],
) -> tuple[Entry, Entry] | None:
    """Change an entry, and again what it has become where somebody was quicker; None if it is gone.

    `change` is asked each time anew, and may refuse by raising. Gives the old and the new entry.

    :raises ChangedMeanwhile: somebody was quicker again and again.
    """
    for _ in range(TRIES):
        found = cast("str | None", redis.hget(place, name))
        if found is None:
            return None
        old = kind.validate_json(found)
        new = change(old)
        if replace(redis, place, name, kind, old, new):
            return old, new
    raise ChangedMeanwhile
