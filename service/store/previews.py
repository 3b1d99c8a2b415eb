"""What a moderator looked at before one decision on many: that, and nothing else, is decided."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from redis import Redis

from service.domain.comment import Status
from service.store.keys import Keys

LASTS = timedelta(hours=1)


def keep(
    redis: Redis, keys: Keys, preview: str, moderator: str, seen: Mapping[str, Status]
) -> None:
    """Remember where each comment stood when a moderator looked at all of them."""
    kept = json.dumps({"by": moderator, "seen": seen}, separators=(",", ":"))
    redis.set(keys.preview(preview), kept, px=LASTS)


def read(redis: Redis, keys: Keys, preview: str, moderator: str) -> dict[str, Status]:
    """Tell where the comments stood that a moderator looked at; nothing if that is over."""
    found = cast("str | None", redis.get(keys.preview(preview)))
    kept = json.loads(found) if found else {}
    if kept.get("by") != moderator:
        return {}
    return {id_: Status(status) for id_, status in kept["seen"].items()}
