"""Previews: the comments a moderator saw before a bulk decision, which covers no others."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from service.domain.comment import Status
from service.domain.decision import Seen
from service.store.record import Record

LASTS = timedelta(hours=1)


def keep(record: Record, preview: str, moderator: str, seen: Mapping[str, Seen]) -> None:
    """Store each comment's state as a moderator saw it."""
    rows = {id_: [state.status, state.revision] for id_, state in seen.items()}
    text = json.dumps({"by": moderator, "seen": rows}, separators=(",", ":"))
    record.redis.set(record.keys.preview(preview), text, px=LASTS)


def read(record: Record, preview: str, moderator: str) -> dict[str, Seen]:
    """Read the comments' states as a moderator saw them; empty if the preview is over."""
    text = cast("str | None", record.redis.get(record.keys.preview(preview)))
    content = json.loads(text) if text else {}
    if content.get("by") != moderator:
        return {}
    return {id_: Seen(Status(status), edits) for id_, (status, edits) in content["seen"].items()}
