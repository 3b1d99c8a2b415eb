"""Notes of moderators on a comment, and to which colleague it was sent."""

from collections.abc import Sequence
from typing import cast

from pydantic import TypeAdapter

from service.domain.note import Note
from service.domain.referral import Referral
from service.store.record import Record

NOTE = TypeAdapter(Note)
REFERRAL = TypeAdapter(Referral)


def add(record: Record, comment: str, id_: str, note: Note) -> None:
    """Keep a note under an id; the same id again changes nothing."""
    record.redis.hsetnx(record.keys.notes(comment), id_, NOTE.dump_json(note).decode())


def of_comments(record: Record, comments: Sequence[str]) -> list[list[Note]]:
    """Read the notes on comments, in their order, of each the oldest first."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hgetall(record.keys.notes(comment))
        found = cast("list[dict[str, str]]", pipe.execute())
    return [[NOTE.validate_json(kept[id_]) for id_ in sorted(kept)] for kept in found]


def send(record: Record, referral: Referral) -> None:
    """Send a comment to a colleague, whoever had it before."""
    record.redis.hset(record.keys.sent(), referral.comment, REFERRAL.dump_json(referral).decode())


def sent(record: Record) -> list[Referral]:
    """Read what is sent to somebody and not decided yet, the oldest first."""
    found = cast("list[str]", record.redis.hvals(record.keys.sent()))
    return sorted((REFERRAL.validate_json(one) for one in found), key=lambda referral: referral.at)
