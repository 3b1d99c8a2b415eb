"""Repair: compare derived data with its source, and correct it.

Our own writes keep both consistent; this is for manual changes in the store, restored backups and
defects. It uses SCAN, outside of any request.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

from redis import Redis

from service.domain import ids, moments
from service.domain.comment import Comment, Status
from service.domain.flag import MOST_FLAGS, MOST_OF_NETWORK
from service.store import scripts
from service.store.comments import comments, exchanges, index
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Call
from service.store.upkeep import census, strays

HOMES = (Status.HELD, Status.APPROVED, Status.REJECTED, Status.REMOVED)


def mend(record: Record, *, now: datetime) -> Counter[str]:
    """Mend a whole site and count the faults by kind."""
    return _mend(record.redis, census.walk(record.redis, record.keys.site), [record.keys], now)[
        record.keys.site
    ]


def mend_sites(redis: Redis, sites: Iterable[str], *, now: datetime) -> dict[str, Counter[str]]:
    """Mend many sites in one walk through the store; count the faults by site."""
    return _mend(redis, census.walk(redis), [Keys(site) for site in sites], now)


def _mend(
    redis: Redis, parts: Iterable[census.Batch], sites: Sequence[Keys], now: datetime
) -> dict[str, Counter[str]]:
    wrong: dict[str, Counter[str]] = {keys.site: Counter() for keys in sites}
    for part in parts:
        if part.keys.site in wrong:
            wrong[part.keys.site].update(_mend_part(redis, part, now))
    for keys in sites:
        wrong[keys.site].update(_drop_ghosts(Record(redis, keys)))
        wrong[keys.site].update(strays.forget_sent(Record(redis, keys)))
    return wrong


def _mend_part(redis: Redis, part: census.Batch, now: datetime) -> Iterator[str]:
    keys, names = part.keys, part.names
    match part.kind:
        case "c":
            yield from _mend_whole(Record(redis, keys), names, now)
        case "t":
            # Articles only; the lists of their comments have names with a colon.
            yield from mend_threads(
                Record(redis, keys), [name for name in names if ":" not in name]
            )
        case "q":
            yield from strays.drop_queued(Record(redis, keys), names)
        case "latest":
            yield from strays.drop_latest(Record(redis, keys), names)


def _mend_whole(record: Record, names: list[str], now: datetime) -> Iterator[str]:
    batch = _read(record, names)
    if moved := exchanges.reroot(record, batch):
        batch = _read(record, names)
    yield from ["root"] * len(moved)
    yield from _mend_comments(record, batch, now)
    yield from _index(record, batch)


def mend_comments(record: Record, batch: list[str], now: datetime) -> list[str]:
    """Mend some comments and list the faults."""
    return _mend_comments(record, _read(record, batch), now)


def reroot(record: Record, batch: list[str]) -> list[str]:
    """Move some answers to the exchange of their parent; list those that were elsewhere."""
    return exchanges.reroot(record, _read(record, batch))


def mend_threads(record: Record, batch: list[str]) -> list[str]:
    """Mend some articles' tallies and list the faults."""
    calls = [_thread_call(record.keys, id_) for id_ in batch]
    answers = scripts.run_many(record.redis, "mend_thread", calls)
    return [fault for faults in answers for fault in faults]


def _read(record: Record, names: list[str]) -> list[Comment]:
    return comments.get_many(record, filter(ids.is_id, names))


def _mend_comments(record: Record, batch: Iterable[Comment], now: datetime) -> list[str]:
    calls = [_comment_call(record.keys, comment, now) for comment in batch]
    answers = scripts.run_many(record.redis, "mend_comment", calls)
    return [fault for faults in answers for fault in faults]


def _index(record: Record, batch: Iterable[Comment]) -> list[str]:
    missing = [c for c in batch if c.status is Status.APPROVED and c.column is None]
    if missing:
        index.add(record, missing)
    return ["search"] * len(missing)


def _drop_ghosts(record: Record) -> Iterator[str]:
    places = [
        record.keys.unjudged(),
        record.keys.flagged(),
        *(record.keys.home(status) for status in HOMES),
    ]
    for place in places:
        names = (cast("str", row[0]) for row in record.redis.zscan_iter(place, count=census.BATCH))
        for batch in census.batches(names):
            for id_, thread in zip(batch, _threads(record, batch), strict=True):
                if thread is None:
                    record.redis.zrem(place, id_)
                    yield "ghost"


def _threads(record: Record, batch: list[str]) -> list[str | None]:
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in batch:
            pipe.hget(record.keys.comment(id_), "t")
        return cast("list[str | None]", pipe.execute())


def _thread_call(keys: Keys, id_: str) -> Call:
    places = {"thread": keys.thread(id_), "votes": keys.votes(id_), "turn": keys.turn()}
    return Call(keys=places | {"moves": keys.moves()}, args={"id": id_})


def _comment_call(keys: Keys, comment: Comment, now: datetime) -> Call:
    places = {
        "comment": keys.comment(comment.id),
        "votes": keys.votes(comment.id),
        "flags": keys.flags(comment.id),
        "flagged": keys.flagged(),
        "unjudged": keys.unjudged(),
        **{status.value: keys.home(status) for status in HOMES},
        "turn": keys.turn(),
        "facets": keys.facet(""),
        "latest": keys.latest(comment.author),
        **exchanges.keys_of(keys, comment),
    }
    args = {
        "id": comment.id,
        "now": moments.to_ms(now),
        "created": moments.to_ms(comment.created_at),
        "most_of_network": MOST_OF_NETWORK,
        "most_flags": MOST_FLAGS,
        **exchanges.args_of(comment),
    }
    return Call(keys=places, args=args)
