"""Labels from other systems: the latest for each text, kept for a year."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain import moments
from service.domain.label import Label
from service.store import scripts
from service.store.keys import Keys

ADAPTER = TypeAdapter(Label)
# For labels by keys of no site; no site can have this name.
NO_SITE = "-"
MOST = 20_000
KEPT = timedelta(days=365)


def put(redis: Redis, site: str, label: Label, *, now: datetime) -> None:
    """Store a label, replacing an earlier one for the same text; the oldest are dropped."""
    keys = Keys(site or NO_SITE)
    scripts.run(
        redis,
        "keep_label",
        keys={"labels": keys.labels(), "labels_new": keys.labels_new()},
        args={
            "id": label.id,
            "label": ADAPTER.dump_json(label).decode(),
            "now": moments.to_ms(now),
            "oldest": moments.to_ms(now - KEPT),
            "most": MOST,
        },
    )


def every(redis: Redis, site: str) -> Iterator[Label]:
    """Yield all labels of a site, the oldest first."""
    keys = Keys(site or NO_SITE)
    for id_ in cast("list[str]", redis.zrange(keys.labels_new(), 0, -1)):
        label = cast("str | None", redis.hget(keys.labels(), id_))
        if label is not None:
            yield ADAPTER.validate_json(label)
