"""Strays: entries of the desk's indexes whose comment has gone or no longer belongs there."""

from collections.abc import Iterator, Sequence
from typing import cast

from redis import Redis

from service.store import scripts
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Call
from service.store.upkeep import census


def drop_queued(record: Record, facets: Sequence[str]) -> Iterator[str]:
    """Remove entries that do not belong in some facets, and yield the fault of each."""
    for place in map(record.keys.facet, facets):
        for batch in _members(record.redis, place):
            calls = [_queue_call(record.keys, place, id_) for id_ in batch]
            answers = scripts.run_many(record.redis, "mend_queue", calls)
            yield from (answer for answer in answers if answer == "stray")


def drop_latest(record: Record, authors: Sequence[str]) -> Iterator[str]:
    """Remove comments that are gone from the latest comments of some authors."""
    for place in map(record.keys.latest, authors):
        for batch in _members(record.redis, place):
            yield from ["ghost"] * _forget(record, place, batch)


def forget_sent(record: Record) -> Iterator[str]:
    """Remove the referrals of comments that are gone."""
    for comment in cast("list[str]", record.redis.hkeys(record.keys.sent())):
        if not record.redis.exists(record.keys.comment(comment)):
            record.redis.hdel(record.keys.sent(), comment)
            yield "ghost"


def _queue_call(keys: Keys, facet: str, id_: str) -> Call:
    places = {"facet": facet, "comment": keys.comment(id_), "facets": keys.facet("")}
    return Call(keys=places, args={"id": id_})


def _members(redis: Redis, place: str) -> Iterator[list[str]]:
    rows = redis.zscan_iter(place, count=census.BATCH)
    return census.batches(cast("str", row[0]) for row in rows)


def _forget(record: Record, place: str, batch: list[str]) -> int:
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in batch:
            pipe.exists(record.keys.comment(id_))
        there = pipe.execute()
    gone = [id_ for id_, is_there in zip(batch, there, strict=True) if not is_there]
    return int(record.redis.zrem(place, *gone)) if gone else 0
