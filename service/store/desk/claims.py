"""Claims: which moderator has a comment before him. They advise; the door alone decides."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from service.domain import moments
from service.store import scripts
from service.store.record import Record

LASTS = timedelta(minutes=5)


def take(record: Record, comment: str, moderator: str, *, now: datetime) -> str:
    """Claim a comment or renew one's claim; give who has it: this moderator, or who was first."""
    lasts = int(LASTS.total_seconds() * 1000)
    places = [record.keys.claim(comment), record.keys.claims()]
    args: list[str | int] = [moderator, lasts, comment, moments.to_ms(now)]
    return cast("str", scripts.run(record.redis, "take_claim", places, args))


def release(record: Record, comment: str, moderator: str) -> bool:
    """Give one's own claim back; tell whether it was one's own."""
    places = [record.keys.claim(comment), record.keys.claims()]
    answer = scripts.run(record.redis, "release_claim", places, [moderator, comment])
    return cast("str", answer) == "released"


def holders(record: Record, comments: Sequence[str]) -> dict[str, str]:
    """Tell who has which of these comments."""
    found = (
        record.redis.mget([record.keys.claim(comment) for comment in comments]) if comments else []
    )
    return {c: cast("str", who) for c, who in zip(comments, found, strict=True) if who}


def current(record: Record, *, now: datetime) -> dict[str, str]:
    """Tell who has what on the whole site at this moment."""
    alive = record.redis.zrangebyscore(record.keys.claims(), moments.to_ms(now), "+inf")
    return holders(record, cast("list[str]", alive))
