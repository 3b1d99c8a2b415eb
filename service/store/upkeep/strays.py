"""Strays: entries of the desk's indexes whose comment is not, or no longer, what they say."""

from collections.abc import Iterator, Sequence
from typing import cast

from redis import Redis

from service.store import scripts
from service.store.keys import Keys
from service.store.upkeep import census


def drop_queued(redis: Redis, keys: Keys, facets: Sequence[str]) -> Iterator[str]:
    """Take out of some queues what does not belong there, and name what each was."""
    for place in map(keys.facet, facets):
        for batch in _members(redis, place):
            calls: list[scripts.Call] = [
                ((place, keys.comment(id_), keys.facet("")), [id_]) for id_ in batch
            ]
            answers = scripts.run_many(redis, "mend_queue", calls)
            yield from (answer for answer in answers if answer == "stray")


def drop_latest(redis: Redis, keys: Keys, authors: Sequence[str]) -> Iterator[str]:
    """Take comments that are gone out of what some authors wrote lately."""
    for place in map(keys.latest, authors):
        for batch in _members(redis, place):
            yield from ["ghost"] * _forget(redis, keys, place, batch)


def forget_sent(redis: Redis, keys: Keys) -> Iterator[str]:
    """Forget which colleague was asked about comments that are gone."""
    for comment in cast("list[str]", redis.hkeys(keys.sent())):
        if not redis.exists(keys.comment(comment)):
            redis.hdel(keys.sent(), comment)
            yield "ghost"


def _members(redis: Redis, place: str) -> Iterator[list[str]]:
    rows = redis.zscan_iter(place, count=census.BATCH)
    return census.batches(cast("str", row[0]) for row in rows)


def _forget(redis: Redis, keys: Keys, place: str, batch: list[str]) -> int:
    with redis.pipeline(transaction=False) as pipe:
        for id_ in batch:
            pipe.exists(keys.comment(id_))
        there = pipe.execute()
    gone = [id_ for id_, is_there in zip(batch, there, strict=True) if not is_there]
    return int(redis.zrem(place, *gone)) if gone else 0
