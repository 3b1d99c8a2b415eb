"""Delete what was refused once the site's retention is over."""

from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import moments
from service.domain.comment import Status
from service.store import scripts
from service.store.keys import Keys

BATCH = 500
REFUSED = (Status.REJECTED, Status.REMOVED)


def purge(redis: Redis, keys: Keys, *, refused_before: datetime) -> int:
    """Delete refused comments that have been so since before a moment; give how many went."""
    return sum(_purge(redis, keys, status, moments.to_ms(refused_before)) for status in REFUSED)


def _purge(redis: Redis, keys: Keys, status: Status, before: int) -> int:
    home, gone, offset = keys.home(status), 0, 0
    # Sorted by creation: whatever was refused before that moment was made before it too.
    while batch := _ids(redis, home, before, offset):
        calls: list[scripts.Call] = [
            (_keys(keys, id_, home), [id_, status.value, before]) for id_ in batch
        ]
        answers = scripts.run_many(redis, "purge_comment", calls)
        went = answers.count("ok")
        gone += went
        offset += len(batch) - went
    return gone


def _keys(keys: Keys, comment: str, home: str) -> list[str]:
    return [
        keys.comment(comment),
        keys.body(comment),
        keys.votes(comment),
        keys.flags(comment),
        home,
        keys.appeal(comment),
        keys.appeals_answered(),
        keys.notes(comment),
        keys.latest(""),
    ]


def _ids(redis: Redis, home: str, before: int, offset: int) -> list[str]:
    return cast("list[str]", redis.zrangebyscore(home, "-inf", before, start=offset, num=BATCH))
