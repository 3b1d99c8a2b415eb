"""Moves: an article's address turns to another one, and its comments and votes follow.

`begin` does what must happen at once; from then on everything that is written goes to the new
thread. `advance` takes along what is in the lists of the old one, batch by batch, and may be
interrupted anywhere: `unfinished` lists what is left to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from service.domain import ids, moments
from service.domain.comment import Comment
from service.domain.thread import Thread
from service.store import scripts
from service.store.comments import comments
from service.store.record import Record
from service.store.scripts import Argument, Call
from service.store.upkeep import repair

BATCH = 100
VOTES = 500


class Begun(StrEnum):
    """The answer to a move: begun, done before, or impossible since it moved elsewhere before."""

    BEGUN = "begun"
    THERE = "there"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a move began; `about` is the thread that receives, or the address it moved to before."""

    how: Begun
    about: str


def begin(record: Record, old: Thread, new: Thread, *, now: datetime) -> Beginning:
    """Turn the old address to the new one, in one write."""
    keys = {
        "threads": record.keys.thread(""),
        "moves": record.keys.moves(),
        "voted": record.keys.voted(),
        "turn": record.keys.turn(),
    }
    args: dict[str, Argument] = {
        "old": old.id,
        "old_url": old.url,
        "new": new.id,
        "new_url": new.url,
        "now": moments.to_ms(now),
    }
    how, about = scripts.run(record.redis, "begin_move", keys=keys, args=args)
    return Beginning(Begun(how), about)


def advance(record: Record, old: str) -> Iterator[int]:
    """Take everything along, yielding the number of comments moved by each batch.

    It stops if the article has moved back meanwhile.
    """
    # The exchanges last: what is left of them has a first comment that nobody sees any more.
    places = (
        record.keys.thread_new(old),
        record.keys.facet(f"thread:{old}"),
        record.keys.thread_roots(old),
    )
    for place in places:
        while batch := cast("list[str]", record.redis.zrange(place, 0, BATCH - 1)):
            if not _move(record, old, batch):
                return
            yield len(batch) if place != places[-1] else 0
    while _move_votes(record, old):
        yield 0
    repair.mend_threads(record, [target_of(record, old) or old])
    yield 0


def unfinished(record: Record) -> list[str]:
    """List the threads that still have something to take along."""
    return cast("list[str]", record.redis.zrange(record.keys.moves(), 0, -1))


def target_of(record: Record, thread: str) -> str:
    """Return the thread that an article has moved to, "" if it has not moved."""
    return cast("str | None", record.redis.hget(record.keys.thread(thread), "to")) or ""


def size(record: Record, thread: str) -> int:
    """Count the comments that a move would take along: published and held ones."""
    with record.redis.pipeline(transaction=False) as pipe:
        pipe.zcard(record.keys.thread_new(thread))
        pipe.zcard(record.keys.facet(f"thread:{thread}"))
        return sum(pipe.execute())


def _move(record: Record, old: str, batch: list[str]) -> bool:
    there = {comment.id: comment for comment in comments.get_many(record, batch)}
    calls = [_call(record, old, id_, there.get(id_)) for id_ in batch]
    return "stays" not in scripts.run_many(record.redis, "move_comment", calls)


def _call(record: Record, old: str, id_: str, comment: Comment | None) -> Call:
    root = (comment.root if comment else None) or id_
    keys = {
        "comment": record.keys.comment(id_),
        "threads": record.keys.thread(""),
        "facets": record.keys.facet(""),
        "root": record.keys.comment(root),
        "answers": record.keys.answers(root),
        "turn": record.keys.turn(),
    }
    args: dict[str, Argument] = {
        "id": id_,
        "old": old,
        "created": moments.to_ms(ids.made_at(id_)),
        "root_id": root,
        "root_created": moments.to_ms(ids.made_at(root)),
    }
    return Call(keys, args)


def _move_votes(record: Record, old: str) -> int:
    keys = {
        "threads": record.keys.thread(""),
        "votes": record.keys.votes(""),
        "apart": record.keys.apart(""),
        "aparts": record.keys.aparts(),
        "moves": record.keys.moves(),
        "turn": record.keys.turn(),
    }
    args: dict[str, Argument] = {"id": old, "most": VOTES}
    return int(scripts.run(record.redis, "move_votes", keys=keys, args=args))
