"""Appeals: at most one per comment, open or answered."""

from datetime import datetime
from typing import cast

from service.domain import moments
from service.domain.appeal import Appeal, AppealState
from service.domain.comment import Status
from service.domain.errors import AppealNotFound
from service.store import scripts
from service.store.record import Record
from service.store.scripts import Argument


def lodge(record: Record, appeal: Appeal, *, against: Status) -> bool:
    """Store an appeal; False if the comment has one already or its status has changed."""
    keys = {
        "comment": record.keys.comment(appeal.comment),
        "appeal": record.keys.appeal(appeal.comment),
        "appeals_open": record.keys.appeals_open(),
        "acts": record.keys.acts(),
    }
    args: dict[str, Argument] = {
        "id": appeal.comment,
        "status": against.value,
        "text": appeal.text,
        "now": moments.to_ms(appeal.at),
    }
    return bool(scripts.run(record.redis, "lodge_appeal", keys=keys, args=args) == "kept")


def answer(
    record: Record, comment: str, state: AppealState, *, text: str, by: str, now: datetime
) -> bool:
    """Answer an open appeal; False if somebody has answered it already.

    :raises AppealNotFound: there is none.
    """
    keys = {
        "appeal": record.keys.appeal(comment),
        "appeals_open": record.keys.appeals_open(),
        "appeals_answered": record.keys.appeals_answered(),
        "acts": record.keys.acts(),
    }
    args: dict[str, Argument] = {
        "id": comment,
        "state": state.value,
        "answer": text,
        "by": by,
        "now": moments.to_ms(now),
    }
    match scripts.run(record.redis, "answer_appeal", keys=keys, args=args):
        case "answered":
            return True
        case "closed":
            return False
        case _:
            raise AppealNotFound(comment)


def get(record: Record, comment: str) -> Appeal | None:
    """Read the appeal against the decision on a comment."""
    row = cast("dict[str, str]", record.redis.hgetall(record.keys.appeal(comment)))
    return _read(comment, row) if row else None


def waiting(record: Record, *, limit: int = 100) -> list[Appeal]:
    """Read the open appeals of a site, the oldest first."""
    ids = cast("list[str]", record.redis.zrange(record.keys.appeals_open(), 0, limit - 1))
    with record.redis.pipeline(transaction=False) as pipe:
        for comment in ids:
            pipe.hgetall(record.keys.appeal(comment))
        rows = pipe.execute()
    return [_read(comment, row) for comment, row in zip(ids, rows, strict=True) if row]


def count(record: Record) -> int:
    """Count the open appeals of a site."""
    return int(record.redis.zcard(record.keys.appeals_open()))


def _read(comment: str, row: dict[str, str]) -> Appeal:
    return Appeal(
        comment=comment,
        text=row["text"],
        at=moments.from_ms(row["at"]),
        state=AppealState(row["state"]),
        answer=row.get("answer", ""),
        by=row.get("by", ""),
        answered_at=moments.from_ms(row["answered"]) if "answered" in row else None,
    )
