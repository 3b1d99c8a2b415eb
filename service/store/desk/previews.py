"""Previews: what a moderator looked at before a bulk decision, which covers nothing else."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from service.domain.comment import Status
from service.domain.decision import Seen
from service.store.record import Record

LASTS = timedelta(hours=1)


def keep(record: Record, preview: str, moderator: str, seen: Mapping[str, Seen]) -> None:
    """Remember how each comment was when a moderator looked at all of them."""
    rows = {id_: [known.status, known.revision] for id_, known in seen.items()}
    text = json.dumps({"by": moderator, "seen": rows}, separators=(",", ":"))
    record.redis.set(record.keys.preview(preview), text, px=LASTS)


def read(record: Record, preview: str, moderator: str) -> dict[str, Seen]:
    """Tell how the comments were that a moderator looked at; nothing if that is over."""
    text = cast("str | None", record.redis.get(record.keys.preview(preview)))
    content = json.loads(text) if text else {}
    if content.get("by") != moderator:
        return {}
    return {id_: Seen(Status(status), edits) for id_, (status, edits) in content["seen"].items()}
