"""Compare what is derived with the truth and mend it: statuses and sets, votes and tallies.

Every write of ours keeps these together; this is for what no script foresees: a hand in the
store, a restored backup, a defect. It walks with SCAN, away from any request.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import cast

from redis import Redis

from service.domain import ids, moments
from service.domain.comment import Comment, Status
from service.store import comments, exchanges, scripts, search, strays
from service.store.keys import Keys

BATCH = 500
HOMES = (Status.HELD, Status.APPROVED, Status.REJECTED, Status.REMOVED)


def mend(redis: Redis, keys: Keys, *, now: datetime) -> Counter[str]:
    """Mend a whole site and count what was wrong, by what it was."""
    wrong: Counter[str] = Counter()
    for batch in batches(named(redis, keys.comment("*"))):
        wrong.update(["root"] * len(reroot(redis, keys, batch)))
        wrong.update(mend_comments(redis, keys, batch, now))
        wrong.update(_index(redis, keys, batch))
    for batch in batches(named(redis, keys.thread("*"))):
        wrong.update(mend_threads(redis, keys, batch))
    wrong.update(_drop_ghosts(redis, keys))
    wrong.update(strays.drop(redis, keys))
    return wrong


def named(redis: Redis, pattern: str) -> Iterator[str]:
    """Name what the keys of a pattern like `fm:{site}:c:*` are of."""
    start = len(pattern) - 1
    for key in redis.scan_iter(match=pattern, count=BATCH):
        name = cast("str", key)[start:]
        if ":" not in name:
            yield name


def batches(names: Iterable[str]) -> Iterator[list[str]]:
    """Cut a long walk into lists."""
    rest = iter(names)
    while batch := list(islice(rest, BATCH)):
        yield batch


def mend_comments(redis: Redis, keys: Keys, batch: list[str], now: datetime) -> list[str]:
    """Mend some comments and name what was wrong."""
    found = comments.get_many(redis, keys, filter(ids.is_id, batch))
    calls: list[scripts.Call] = [
        (_comment_keys(keys, comment), [comment.id, moments.to_ms(now), *_moments(comment)])
        for comment in found
    ]
    return [name for found in scripts.run_many(redis, "mend_comment", calls) for name in found]


def reroot(redis: Redis, keys: Keys, batch: list[str]) -> list[str]:
    """Make some answers belong to the exchange of what they answer; give those that did not."""
    return exchanges.reroot(redis, keys, comments.get_many(redis, keys, filter(ids.is_id, batch)))


def mend_threads(redis: Redis, keys: Keys, batch: list[str]) -> list[str]:
    """Mend some articles' tallies and name what was wrong."""
    calls: list[scripts.Call] = [
        ((keys.thread(id_), keys.votes(id_), keys.turn()), [id_]) for id_ in batch
    ]
    return [name for found in scripts.run_many(redis, "mend_thread", calls) for name in found]


def _index(redis: Redis, keys: Keys, batch: list[str]) -> list[str]:
    found = comments.get_many(redis, keys, batch)
    missing = [c for c in found if c.status is Status.APPROVED and c.column is None]
    if missing:
        search.index(redis, keys, missing)
    return ["search"] * len(missing)


def _drop_ghosts(redis: Redis, keys: Keys) -> Iterator[str]:
    places = [keys.unjudged(), keys.flagged(), *(keys.home(status) for status in HOMES)]
    for place in places:
        names = (cast("str", row[0]) for row in redis.zscan_iter(place, count=BATCH))
        for batch in batches(names):
            for id_, thread in zip(batch, _threads(redis, keys, batch), strict=True):
                if thread is None:
                    redis.zrem(place, id_)
                    yield "ghost"


def _threads(redis: Redis, keys: Keys, batch: list[str]) -> list[str | None]:
    with redis.pipeline(transaction=False) as pipe:
        for id_ in batch:
            pipe.hget(keys.comment(id_), "t")
        return cast("list[str | None]", pipe.execute())


def _comment_keys(keys: Keys, comment: Comment) -> list[str]:
    return [
        keys.comment(comment.id),
        keys.votes(comment.id),
        keys.flags(comment.id),
        keys.flagged(),
        keys.thread_new(comment.thread),
        keys.thread_best(comment.thread),
        keys.unjudged(),
        *(keys.home(status) for status in HOMES),
        *exchanges.keys_of(keys, comment),
        keys.facet(""),
        keys.latest(comment.author),
    ]


def _moments(comment: Comment) -> list[str | int]:
    return [moments.to_ms(comment.created_at), *exchanges.args_of(comment)]
