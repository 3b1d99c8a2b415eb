"""Undo: the state before a decision, kept for ten minutes so that it can be undone as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from redis.typing import EncodableT, FieldT

from service.domain.comment import Status
from service.domain.decision import Action
from service.domain.moments import from_ms, to_ms
from service.store.record import Record

LASTS = timedelta(minutes=10)
BY = "by"
WHAT = "what"
ASIDE = {BY, WHAT}


@dataclass(frozen=True, slots=True)
class Before:
    """A comment's earlier status, when its flags were answered, and the entry that changed it."""

    status: Status
    answered: str
    entry: str


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision that can be undone; `comment` is set if it was about a single one."""

    undo: str
    action: Action
    at: datetime
    count: int
    comment: str = ""


def keep(
    record: Record,
    undo: str,
    moderator: str,
    action: Action,
    changed: Mapping[str, Before],
    *,
    now: datetime,
) -> None:
    """Store the state of comments before a decision, or before one part of a large one."""
    rows: dict[FieldT, EncodableT] = {
        id_: f"{state.status.value} {state.answered or '0'} {state.entry}"
        for id_, state in changed.items()
    }
    mine = record.keys.undos(moderator)
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.hset(record.keys.undo(undo), mapping={BY: moderator, WHAT: action.value, **rows})
        pipe.pexpire(record.keys.undo(undo), LASTS)
        pipe.zadd(mine, {undo: to_ms(now)})
        pipe.zremrangebyscore(mine, "-inf", to_ms(now - LASTS))
        pipe.pexpire(mine, LASTS)
        pipe.execute()


def read(record: Record, undo: str) -> tuple[str, dict[str, Before]]:
    """Return who decided and the comments' earlier states; "" and nothing if it is over."""
    rows = cast("dict[str, str]", record.redis.hgetall(record.keys.undo(undo)))
    by = rows.get(BY, "")
    return by, {id_: _read(row) for id_, row in rows.items() if id_ not in ASIDE}


def latest(record: Record, moderator: str, *, now: datetime, limit: int) -> list[KeptDecision]:
    """List a moderator's decisions that can still be undone, the latest first."""
    since = to_ms(now - LASTS)
    mine = cast(
        "list[tuple[str, float]]",
        record.redis.zrevrangebyscore(
            record.keys.undos(moderator), "+inf", since, start=0, num=limit, withscores=True
        ),
    )
    with record.redis.pipeline(transaction=False) as pipe:
        for undo, _ in mine:
            pipe.hget(record.keys.undo(undo), WHAT)
            pipe.hlen(record.keys.undo(undo))
        answers = pipe.execute()
    decisions = [
        KeptDecision(undo, Action(what), from_ms(int(ms)), size - len(ASIDE))
        for (undo, ms), what, size in zip(mine, answers[::2], answers[1::2], strict=True)
        if what
    ]
    return _with_comments(record, decisions)


def drop(record: Record, undo: str, moderator: str) -> None:
    """Delete an undo that has been used."""
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.delete(record.keys.undo(undo))
        pipe.zrem(record.keys.undos(moderator), undo)
        pipe.execute()


def _with_comments(record: Record, decisions: list[KeptDecision]) -> list[KeptDecision]:
    """Add the comment to the decisions that were about a single one."""
    single = [decision.undo for decision in decisions if decision.count == 1]
    with record.redis.pipeline(transaction=False) as pipe:
        for undo in single:
            pipe.hkeys(record.keys.undo(undo))
        fields = cast("list[list[str]]", pipe.execute())
    comments = {
        undo: next((field for field in row if field not in ASIDE), "")
        for undo, row in zip(single, fields, strict=True)
    }
    return [replace(decision, comment=comments.get(decision.undo, "")) for decision in decisions]


def _read(row: str) -> Before:
    status, answered, entry = row.split(" ")
    return Before(Status(status), answered, entry)
