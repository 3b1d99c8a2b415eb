"""Notes: moderators' notes on comments, and referrals to colleagues."""

from collections.abc import Sequence
from typing import cast

from pydantic import TypeAdapter

from service.domain.note import Note
from service.domain.referral import Referral
from service.store.record import Record

NOTE = TypeAdapter(Note)
REFERRAL = TypeAdapter(Referral)


def add(record: Record, comment: str, id_: str, note: Note) -> None:
    """Store a note under an id; the same id again changes nothing."""
    record.redis.hsetnx(record.keys.notes(comment), id_, NOTE.dump_json(note).decode())


def of_comments(record: Record, comments: Sequence[str]) -> list[list[Note]]:
    """Read the notes on each of these comments, the oldest first."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hgetall(record.keys.notes(comment))
        rows = cast("list[dict[str, str]]", pipe.execute())
    return [[NOTE.validate_json(notes[id_]) for id_ in sorted(notes)] for notes in rows]


def send(record: Record, referral: Referral) -> None:
    """Refer a comment to a colleague, replacing an earlier referral."""
    record.redis.hset(record.keys.sent(), referral.comment, REFERRAL.dump_json(referral).decode())


def sent(record: Record) -> list[Referral]:
    """Read the open referrals, the oldest first."""
    texts = cast("list[str]", record.redis.hvals(record.keys.sent()))
    return sorted(
        (REFERRAL.validate_json(text) for text in texts), key=lambda referral: referral.at
    )
