"""Notes: what moderators write on a comment, and to which colleague they send it."""

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
        rows = cast("list[dict[str, str]]", pipe.execute())
    return [[NOTE.validate_json(notes[id_]) for id_ in sorted(notes)] for notes in rows]


def send(record: Record, referral: Referral) -> None:
    """Send a comment to a colleague, in place of an earlier one."""
    record.redis.hset(record.keys.sent(), referral.comment, REFERRAL.dump_json(referral).decode())


def sent(record: Record) -> list[Referral]:
    """Read what is sent to somebody and not decided yet, the oldest first."""
    texts = cast("list[str]", record.redis.hvals(record.keys.sent()))
    return sorted((REFERRAL.validate_json(text) for text in texts), key=lambda each: each.at)
