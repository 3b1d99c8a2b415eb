"""Shadows: pairs of scores, ours and Perspective's, of texts that are not kept."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import cast

from redis import Redis

from service.store import keys

# Attribute → our score and theirs, of one text.
Pairs = Mapping[str, tuple[float, float]]

MOST = 50_000
KEPT = timedelta(days=90)


def add(redis: Redis, pairs: Pairs) -> None:
    """Keep the scores of one text; the oldest are dropped, and all 90 days after the last."""
    with redis.pipeline(transaction=False) as pipe:
        pipe.lpush(keys.SHADOWS, json.dumps({name: list(pair) for name, pair in pairs.items()}))
        pipe.ltrim(keys.SHADOWS, 0, MOST - 1)
        pipe.pexpire(keys.SHADOWS, KEPT)
        pipe.execute()


def every(redis: Redis) -> Iterator[Pairs]:
    """Yield the scores of each text."""
    for row in cast("list[str]", redis.lrange(keys.SHADOWS, 0, -1)):
        yield {name: (ours, theirs) for name, (ours, theirs) in json.loads(row).items()}
