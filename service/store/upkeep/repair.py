"""Compare what is derived with the truth and mend it: statuses and sets, votes and tallies.

Every write of ours keeps these together; this is for what no script foresees: a hand in the
store, a restored backup, a defect. It walks with SCAN, away from any request.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import ids, moments
from service.domain.comment import Comment, Status
from service.store import scripts
from service.store.comments import comments, exchanges, search
from service.store.keys import Keys
from service.store.upkeep import census, strays

HOMES = (Status.HELD, Status.APPROVED, Status.REJECTED, Status.REMOVED)


def mend(redis: Redis, keys: Keys, *, now: datetime) -> Counter[str]:
    """Mend a whole site and count what was wrong, by what it was."""
    return _mend(redis, census.walk(redis, keys.site), [keys], now)[keys.site]


def mend_sites(redis: Redis, sites: Iterable[str], *, now: datetime) -> dict[str, Counter[str]]:
    """Mend many sites in one walk through the store; count what was wrong, by site."""
    return _mend(redis, census.walk(redis), [Keys(site) for site in sites], now)


def _mend(
    redis: Redis, parts: Iterable[census.Part], sites: Sequence[Keys], now: datetime
) -> dict[str, Counter[str]]:
    wrong: dict[str, Counter[str]] = {keys.site: Counter() for keys in sites}
    for part in parts:
        if part.keys.site in wrong:
            wrong[part.keys.site].update(_mend_part(redis, part, now))
    for keys in sites:
        wrong[keys.site].update(_drop_ghosts(redis, keys))
        wrong[keys.site].update(strays.forget_sent(redis, keys))
    return wrong


def _mend_part(redis: Redis, part: census.Part, now: datetime) -> Iterator[str]:
    keys, names = part.keys, part.names
    match part.kind:
        case "c":
            yield from _mend_whole(redis, keys, names, now)
        case "t":
            # Articles; the lists of their comments have names of two parts.
            yield from mend_threads(redis, keys, [name for name in names if ":" not in name])
        case "q":
            yield from strays.drop_queued(redis, keys, names)
        case "latest":
            yield from strays.drop_latest(redis, keys, names)


def _mend_whole(redis: Redis, keys: Keys, names: list[str], now: datetime) -> Iterator[str]:
    found = _read(redis, keys, names)
    if moved := exchanges.reroot(redis, keys, found):
        found = _read(redis, keys, names)
    yield from ["root"] * len(moved)
    yield from _mend_comments(redis, keys, found, now)
    yield from _index(redis, keys, found)


def mend_comments(redis: Redis, keys: Keys, batch: list[str], now: datetime) -> list[str]:
    """Mend some comments and name what was wrong."""
    return _mend_comments(redis, keys, _read(redis, keys, batch), now)


def reroot(redis: Redis, keys: Keys, batch: list[str]) -> list[str]:
    """Make some answers belong to the exchange of what they answer; give those that did not."""
    return exchanges.reroot(redis, keys, _read(redis, keys, batch))


def mend_threads(redis: Redis, keys: Keys, batch: list[str]) -> list[str]:
    """Mend some articles' tallies and name what was wrong."""
    calls: list[scripts.Call] = [
        ((keys.thread(id_), keys.votes(id_), keys.turn()), [id_]) for id_ in batch
    ]
    return [name for found in scripts.run_many(redis, "mend_thread", calls) for name in found]


def _read(redis: Redis, keys: Keys, names: list[str]) -> list[Comment]:
    return comments.get_many(redis, keys, filter(ids.is_id, names))


def _mend_comments(redis: Redis, keys: Keys, found: Iterable[Comment], now: datetime) -> list[str]:
    calls: list[scripts.Call] = [
        (_comment_keys(keys, comment), [comment.id, moments.to_ms(now), *_moments(comment)])
        for comment in found
    ]
    return [name for found in scripts.run_many(redis, "mend_comment", calls) for name in found]


def _index(redis: Redis, keys: Keys, found: Iterable[Comment]) -> list[str]:
    missing = [c for c in found if c.status is Status.APPROVED and c.column is None]
    if missing:
        search.index(redis, keys, missing)
    return ["search"] * len(missing)


def _drop_ghosts(redis: Redis, keys: Keys) -> Iterator[str]:
    places = [keys.unjudged(), keys.flagged(), *(keys.home(status) for status in HOMES)]
    for place in places:
        names = (cast("str", row[0]) for row in redis.zscan_iter(place, count=census.BATCH))
        for batch in census.batches(names):
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
