"""Retention: delete refused comments after the site's period, and articles that have expired."""

from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from service.domain import moments
from service.domain.comment import Status
from service.store import scripts
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Call

BATCH = 500
GRACE = timedelta(days=1)
REFUSED = (Status.REJECTED, Status.REMOVED)


def purge(record: Record, *, refused_before: datetime, now: datetime) -> int:
    """Delete comments that were refused before a moment; count the deleted ones.

    An article that has nothing else expires when its other refused comments, which may still come
    back by an appeal, are deleted too.
    """
    before, due = moments.to_ms(refused_before), now + (now - refused_before) + GRACE
    return sum(_purge(record, status, before, moments.to_ms(due)) for status in REFUSED)


def purge_threads(record: Record, *, now: datetime) -> int:
    """Delete articles that have expired, with their votes; count the deleted ones."""
    due, deleted = moments.to_ms(now), 0
    while batch := _ids(record.redis, record.keys.voted(), due, 0):
        calls = [Call(_keys_of_thread(record.keys, id_), {"id": id_, "now": due}) for id_ in batch]
        deleted += scripts.run_many(record.redis, "purge_thread", calls).count("ok")
    return deleted


def _purge(record: Record, status: Status, before: int, due: int) -> int:
    home, deleted, offset = record.keys.home(status), 0, 0
    # Sorted by creation: a comment refused before that moment was also created before it.
    while batch := _ids(record.redis, home, before, offset):
        calls = [
            Call(
                keys=_keys_of(record.keys, id_, home),
                args={"id": id_, "status": status.value, "before": before, "due": due},
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
        "proposal": keys.title(comment),
        "threads": keys.thread(""),
        "facets": keys.facet(""),
        "voted": keys.voted(),
    }


def _keys_of_thread(keys: Keys, thread: str) -> dict[str, str]:
    return {
        "threads": keys.thread(""),
        "votes": keys.votes(thread),
        "apart": keys.apart(thread),
        "aparts": keys.aparts(),
        "voices": keys.voices(thread),
        "facets": keys.facet(""),
        "voted": keys.voted(),
    }


def _ids(redis: Redis, home: str, before: int, offset: int) -> list[str]:
    return cast("list[str]", redis.zrangebyscore(home, "-inf", before, start=offset, num=BATCH))
