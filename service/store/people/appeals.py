"""Appeals: one a comment, waiting for an answer or answered."""

from datetime import datetime
from typing import cast

from service.domain import moments
from service.domain.appeal import Appeal, AppealState
from service.domain.comment import Status
from service.domain.errors import AppealNotFound
from service.store import scripts
from service.store.record import Record


def lodge(record: Record, appeal: Appeal, *, against: Status) -> bool:
    """Keep an appeal, once a comment; False where there is one already or the status moved."""
    places = [
        record.keys.comment(appeal.comment),
        record.keys.appeal(appeal.comment),
        record.keys.appeals_open(),
    ]
    places.append(record.keys.acts())
    args = [appeal.comment, against.value, appeal.text, moments.to_ms(appeal.at)]
    return bool(scripts.run(record.redis, "lodge_appeal", places, args) == "kept")


def answer(
    record: Record, comment: str, state: AppealState, *, text: str, by: str, now: datetime
) -> bool:
    """Answer an open appeal; False where somebody has answered it already.

    :raises AppealNotFound: there is none.
    """
    places = [
        record.keys.appeal(comment),
        record.keys.appeals_open(),
        record.keys.appeals_answered(),
    ]
    places.append(record.keys.acts())
    args = [comment, state.value, text, by, moments.to_ms(now)]
    match scripts.run(record.redis, "answer_appeal", places, args):
        case "answered":
            return True
        case "closed":
            return False
        case _:
            raise AppealNotFound(comment)


def get(record: Record, comment: str) -> Appeal | None:
    """Read the appeal against what became of a comment."""
    found = cast("dict[str, str]", record.redis.hgetall(record.keys.appeal(comment)))
    return _read(comment, found) if found else None


def waiting(record: Record, *, limit: int = 100) -> list[Appeal]:
    """Read the open appeals of a site, the oldest first."""
    named = cast("list[str]", record.redis.zrange(record.keys.appeals_open(), 0, limit - 1))
    with record.redis.pipeline(transaction=False) as pipe:
        for comment in named:
            pipe.hgetall(record.keys.appeal(comment))
        found = pipe.execute()
    return [_read(comment, row) for comment, row in zip(named, found, strict=True) if row]


def count(record: Record) -> int:
    """Count the open appeals of a site."""
    return int(record.redis.zcard(record.keys.appeals_open()))


def _read(comment: str, found: dict[str, str]) -> Appeal:
    return Appeal(
        comment=comment,
        text=found["text"],
        at=moments.from_ms(found["at"]),
        state=AppealState(found["state"]),
        answer=found.get("answer", ""),
        by=found.get("by", ""),
        answered_at=moments.from_ms(found["answered"]) if "answered" in found else None,
    )
