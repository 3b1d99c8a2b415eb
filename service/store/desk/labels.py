"""Labels: what people of other systems say of texts; the latest of each, for a year."""

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
# The labels of keys that belong to no site; no site is named so.
NO_SITE = "-"
MOST = 20_000
KEPT = timedelta(days=365)


def put(redis: Redis, site: str, label: Label, *, now: datetime) -> None:
    """Keep a label in place of an earlier one of the same thing; the oldest go."""
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
    """Give all labels of a site, the oldest first."""
    keys = Keys(site or NO_SITE)
    for id_ in cast("list[str]", redis.zrange(keys.labels_new(), 0, -1)):
        label = cast("str | None", redis.hget(keys.labels(), id_))
        if label is not None:
            yield ADAPTER.validate_json(label)
