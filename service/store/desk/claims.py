"""Claims: which moderator is looking at a comment. They are advisory; only the door decides."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from service.domain import moments
from service.store import scripts
from service.store.record import Record
from service.store.scripts import Argument

LASTS = timedelta(minutes=5)


def take(record: Record, comment: str, moderator: str, *, now: datetime) -> str:
    """Claim a comment or renew a claim; return the holder: this moderator or an earlier one."""
    args: dict[str, Argument] = {
        "moderator": moderator,
        "lasts": int(LASTS.total_seconds() * 1000),
        "id": comment,
        "now": moments.to_ms(now),
    }
    keys = _keys_of(record, comment)
    return cast("str", scripts.run(record.redis, "take_claim", keys=keys, args=args))


def release(record: Record, comment: str, moderator: str) -> bool:
    """Release a moderator's claim; return whether they had it."""
    keys, args = _keys_of(record, comment), {"moderator": moderator, "id": comment}
    answer = scripts.run(record.redis, "release_claim", keys=keys, args=args)
    return cast("str", answer) == "released"


def holders(record: Record, comments: Sequence[str]) -> dict[str, str]:
    """Return the moderator who has claimed each of these comments."""
    if not comments:
        return {}
    moderators = record.redis.mget([record.keys.claim(comment) for comment in comments])
    rows = zip(comments, cast("list[str | None]", moderators), strict=True)
    return {comment: moderator for comment, moderator in rows if moderator}


def current(record: Record, *, now: datetime) -> dict[str, str]:
    """Return the current claims of the whole site, by comment."""
    alive = record.redis.zrangebyscore(record.keys.claims(), moments.to_ms(now), "+inf")
    return holders(record, cast("list[str]", alive))


def _keys_of(record: Record, comment: str) -> dict[str, str]:
    return {"claim": record.keys.claim(comment), "claims": record.keys.claims()}
