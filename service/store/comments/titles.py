"""Titles that comments propose for their article, until it has one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import cast

from service.store.record import Record

LAST = timedelta(days=90)
LOOKED_AT = 100


class Fitness(StrEnum):
    """What may become of a proposed title; the values are stored.

    Unjudged and doubtful ones wait for the desk. A title that the machine cannot judge is used if
    a person approves its comment, a fit one with any approval.
    """

    WAITS = "0"
    FOR_PERSONS = "1"
    FIT = "2"


def proposed(record: Record, comments: Sequence[str]) -> dict[str, str]:
    """Read the titles that comments propose, leaving out those that propose none."""
    if not comments:
        return {}
    values = cast("list[str | None]", record.redis.mget(map(record.keys.title, comments)))
    pairs = zip(comments, values, strict=True)
    return {comment: value.partition(" ")[2] for comment, value in pairs if value}


def waiting(record: Record, thread: str) -> list[str]:
    """List the titles that the latest published and held comments of an article propose."""
    with record.redis.pipeline(transaction=False) as pipe:
        pipe.zrevrange(record.keys.thread_new(thread), 0, LOOKED_AT - 1)
        pipe.zrevrange(record.keys.facet(f"thread:{thread}"), 0, LOOKED_AT - 1)
        published, held = pipe.execute()
    return list(dict.fromkeys(proposed(record, [*published, *held]).values()))


def rate(record: Record, rated: Mapping[str, tuple[str, Fitness]]) -> None:
    """Store how fit proposed titles are, by comment; one that is gone does not come back."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment, (title, fitness) in rated.items():
            pipe.set(record.keys.title(comment), f"{fitness} {title}", xx=True, keepttl=True)
        pipe.execute()
