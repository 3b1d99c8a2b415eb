"""Strays: entries of the desk's indexes whose comment is not, or no longer, what they say."""

from collections.abc import Iterator
from itertools import islice
from typing import cast

from redis import Redis

from service.store import scripts
from service.store.keys import Keys

BATCH = 500


def drop(redis: Redis, keys: Keys) -> Iterator[str]:
    """Take strays out and name what each was; it walks with SCAN, away from any request."""
    for place in _places(redis, keys.facet("*")):
        for batch in _members(redis, place):
            calls: list[scripts.Call] = [
                ((place, keys.comment(id_), keys.facet("")), [id_]) for id_ in batch
            ]
            answers = scripts.run_many(redis, "mend_queue", calls)
            yield from (answer for answer in answers if answer == "stray")
    for place in _places(redis, keys.latest("*")):
        for batch in _members(redis, place):
            yield from ["ghost"] * _forget(redis, keys, place, batch)
    for comment in cast("list[str]", redis.hkeys(keys.sent())):
        if not redis.exists(keys.comment(comment)):
            redis.hdel(keys.sent(), comment)
            yield "ghost"


def _places(redis: Redis, pattern: str) -> list[str]:
    return sorted(set(cast("Iterator[str]", redis.scan_iter(match=pattern, count=BATCH))))


def _members(redis: Redis, place: str) -> Iterator[list[str]]:
    names = (cast("str", row[0]) for row in redis.zscan_iter(place, count=BATCH))
    while batch := list(islice(names, BATCH)):
        yield batch


def _forget(redis: Redis, keys: Keys, place: str, batch: list[str]) -> int:
    with redis.pipeline(transaction=False) as pipe:
        for id_ in batch:
            pipe.exists(keys.comment(id_))
        there = pipe.execute()
    gone = [id_ for id_, is_there in zip(batch, there, strict=True) if not is_there]
    return int(redis.zrem(place, *gone)) if gone else 0
