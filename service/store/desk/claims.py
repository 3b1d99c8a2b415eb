"""Claims: which moderator has a comment before him. They advise; the door alone decides."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from service.domain import moments
from service.store import scripts
from service.store.keys import Keys

LASTS = timedelta(minutes=5)


def take(redis: Redis, keys: Keys, comment: str, moderator: str, *, now: datetime) -> str:
    """Claim a comment or renew one's claim; give who has it: this moderator, or who was first."""
    lasts = int(LASTS.total_seconds() * 1000)
    places = [keys.claim(comment), keys.claims()]
    args: list[str | int] = [moderator, lasts, comment, moments.to_ms(now)]
    return cast("str", scripts.run(redis, "take_claim", places, args))


def release(redis: Redis, keys: Keys, comment: str, moderator: str) -> bool:
    """Give one's own claim back; tell whether it was one's own."""
    places = [keys.claim(comment), keys.claims()]
    answer = scripts.run(redis, "release_claim", places, [moderator, comment])
    return cast("str", answer) == "released"


def holders(redis: Redis, keys: Keys, comments: Sequence[str]) -> dict[str, str]:
    """Tell who has which of these comments."""
    found = redis.mget([keys.claim(comment) for comment in comments]) if comments else []
    return {c: cast("str", who) for c, who in zip(comments, found, strict=True) if who}


def current(redis: Redis, keys: Keys, *, now: datetime) -> dict[str, str]:
    """Tell who has what on the whole site at this moment."""
    alive = redis.zrangebyscore(keys.claims(), moments.to_ms(now), "+inf")
    return holders(redis, keys, cast("list[str]", alive))
