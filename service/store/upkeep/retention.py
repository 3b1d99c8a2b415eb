"""Retention: delete refused comments after the site's retention period."""

from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import moments
from service.domain.comment import Status
from service.store import scripts
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Call

BATCH = 500
REFUSED = (Status.REJECTED, Status.REMOVED)


def purge(record: Record, *, refused_before: datetime) -> int:
    """Delete comments that were refused before a moment; count the deleted ones."""
    return sum(_purge(record, status, moments.to_ms(refused_before)) for status in REFUSED)


def _purge(record: Record, status: Status, before: int) -> int:
    home, deleted, offset = record.keys.home(status), 0, 0
    # Sorted by creation: a comment refused before that moment was also created before it.
    while batch := _ids(record.redis, home, before, offset):
        calls = [
            Call(
                keys=_keys_of(record.keys, id_, home),
                args={"id": id_, "status": status.value, "before": before},
            )
            for id_ in batch
        ]
        answers = scripts.run_many(record.redis, "purge_comment", calls)
        deleted_now = answers.count("ok")
        deleted += deleted_now
        offset += len(batch) - deleted_now
    return deleted


def _keys_of(keys: Keys, comment: str, home: str) -> dict[str, str]:
    return {
        "comment": keys.comment(comment),
        "body": keys.body(comment),
        "votes": keys.votes(comment),
        "apart": keys.apart(comment),
        "aparts": keys.aparts(),
        "voices": keys.voices(comment),
        "flags": keys.flags(comment),
        "home": home,
        "appeal": keys.appeal(comment),
        "appeals_answered": keys.appeals_answered(),
        "notes": keys.notes(comment),
        "latest": keys.latest(""),
    }


def _ids(redis: Redis, home: str, before: int, offset: int) -> list[str]:
    return cast("list[str]", redis.zrangebyscore(home, "-inf", before, start=offset, num=BATCH))
