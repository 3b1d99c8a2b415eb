"""What a moderator looked at before one decision on many: that, and nothing else, is decided."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from redis import Redis

from service.domain.comment import Status
from service.domain.decision import Seen
from service.store.keys import Keys

LASTS = timedelta(hours=1)


def keep(redis: Redis, keys: Keys, preview: str, moderator: str, seen: Mapping[str, Seen]) -> None:
    """Remember how each comment was when a moderator looked at all of them."""
    rows = {id_: [one.status, one.revision] for id_, one in seen.items()}
    kept = json.dumps({"by": moderator, "seen": rows}, separators=(",", ":"))
    redis.set(keys.preview(preview), kept, px=LASTS)


def read(redis: Redis, keys: Keys, preview: str, moderator: str) -> dict[str, Seen]:
    """Tell how the comments were that a moderator looked at; nothing if that is over."""
    found = cast("str | None", redis.get(keys.preview(preview)))
    kept = json.loads(found) if found else {}
    if kept.get("by") != moderator:
        return {}
    return {id_: Seen(Status(status), edits) for id_, (status, edits) in kept["seen"].items()}
