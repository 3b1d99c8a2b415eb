"""Claims: which moderator has a comment before him."""

from datetime import timedelta
from typing import cast

from redis import Redis

from service.store.keys import Keys

LASTS = timedelta(minutes=5)


def take(redis: Redis, keys: Keys, comment: str, moderator: str) -> str:
    """Claim a comment and give who has it now: this moderator, or the one who was first."""
    redis.set(keys.claim(comment), moderator, nx=True, px=LASTS)
    return cast("str | None", redis.get(keys.claim(comment))) or moderator


def holders(redis: Redis, keys: Keys, comments: list[str]) -> dict[str, str]:
    """Tell who has which of these comments."""
    found = redis.mget([keys.claim(comment) for comment in comments]) if comments else []
    return {c: cast("str", who) for c, who in zip(comments, found, strict=True) if who}
