"""Archive: complete comments with their votes and flags, for export and import."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from service.domain import moments
from service.domain.comment import Comment, Status
from service.domain.thread import Thread, thread_id
from service.store import codec, scripts
from service.store.comments import comments, index, threads
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Argument, Call
from service.store.upkeep import census, moves, repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A comment with its votes by voter and its flags by reader, as stored."""

    comment: Comment
    votes: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedThread:
    """An article with its votes and the time it was first seen (ms).

    `moved_to` is the new address of one that has moved, `state` is "" if it is open.
    """

    thread: Thread
    opened: int
    votes: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    moved_to: str = ""


def all_comments(record: Record) -> Iterator[Archived]:
    """Read every comment of a site, the oldest first."""
    for batch in census.batches(census.names(record, "c")):
        with record.redis.pipeline(transaction=False) as pipe:
            for id_ in batch:
                pipe.hgetall(record.keys.votes(id_))
                pipe.hgetall(record.keys.flags(id_))
            rows = pipe.execute()
        votes = dict(zip(batch, map(_directions, rows[::2]), strict=True))
        flags = dict(zip(batch, rows[1::2], strict=True))
        for comment in comments.get_many(record, batch):
            yield Archived(comment=comment, votes=votes[comment.id], flags=flags[comment.id])


def all_threads(record: Record) -> Iterator[ArchivedThread]:
    """Read every article of a site, by id."""
    for batch in census.batches(census.names(record, "t")):
        targets = threads.titles(record, batch)
        with record.redis.pipeline(transaction=False) as pipe:
            for id_ in batch:
                pipe.hmget(record.keys.thread(id_), "url", "title", "c", "state")
                pipe.hgetall(record.keys.votes(id_))
            rows = pipe.execute()
        for id_, lines, votes in zip(batch, rows[::2], rows[1::2], strict=True):
            url, title, opened, state = lines
            yield ArchivedThread(
                thread=Thread(id=id_, url=url or "", title=title or ""),
                opened=int(opened or 0),
                votes=_directions(votes),
                state=state or "",
                moved_to=targets[id_].url if targets[id_].id != id_ else "",
            )


def add_comments(record: Record, rows: Sequence[Archived], *, now: datetime) -> list[bool]:
    """Store comments that do not exist yet; return for each whether it was new."""
    calls = [_call(record.keys, row) for row in rows]
    answers = scripts.run_many(record.redis, "import_comment", calls)
    ids = [row.comment.id for row in rows]
    repair.reroot(record, ids)
    repair.mend_comments(record, ids, now)
    return [answer == "kept" for answer in answers]


def threads_of(record: Record, ids: Sequence[str]) -> dict[str, str]:
    """Return the thread of each of these comments that exist."""
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in ids:
            pipe.hget(record.keys.comment(id_), "t")
        rows = cast("list[str | None]", pipe.execute())
    return {id_: thread for id_, thread in zip(ids, rows, strict=True) if thread}


def add_thread(record: Record, row: ArchivedThread) -> None:
    """Store an article with its votes; existing votes stay unchanged.

    One that has moved gives its votes to the article that it is now.
    """
    if row.moved_to:
        new = Thread(id=thread_id(row.moved_to), url=row.moved_to)
        moves.begin(record, row.thread, new, now=moments.from_ms(row.opened))
        for _ in moves.advance(record, row.thread.id):
            pass
    [thread] = threads.titles(record, [row.thread.id]).values()
    thread = replace(row.thread, id=thread.id, url=thread.url or row.thread.url)
    opened = threads.opened_at(record, thread.id)
    with record.redis.pipeline(transaction=True) as pipe:
        if opened is None or row.opened < moments.to_ms(opened):
            pipe.hset(record.keys.thread(thread.id), "c", str(row.opened))
        pipe.hsetnx(record.keys.thread(thread.id), "url", thread.url)
        # What an operator imports does not expire.
        pipe.hset(record.keys.thread(thread.id), "k", "1")
        if thread.title:
            pipe.hsetnx(record.keys.thread(thread.id), "title", thread.title)
        if row.state:
            pipe.hsetnx(record.keys.thread(thread.id), "state", row.state)
        for voter, vote in row.votes.items():
            pipe.hsetnx(record.keys.votes(thread.id), voter, vote)
        pipe.execute()
    repair.mend_threads(record, [thread.id])


def _directions(votes: Mapping[str, str]) -> dict[str, str]:
    """Leave out what votes weigh less: elsewhere other networks vote."""
    return {voter: vote.partition(" ")[0] for voter, vote in votes.items()}


def _call(keys: Keys, row: Archived) -> Call:
    comment = row.comment
    places = {
        "comment": keys.comment(comment.id),
        "body": keys.body(comment.id),
        "votes": keys.votes(comment.id),
        "flags": keys.flags(comment.id),
        "author": keys.author(comment.author),
        "log": keys.log(),
        **index.keys_of(keys),
    }
    args: dict[str, Argument] = {
        "id": comment.id,
        "status": comment.status.value,
        "created": moments.to_ms(comment.created_at),
        "text": comment.body,
        "votes": json.dumps(dict(row.votes)),
        "flags": json.dumps(dict(row.flags)),
        "rows": index.rows(comment.body) if comment.status is Status.APPROVED else "",
        "fields": codec.flat(codec.archived_fields(comment)),
    }
    return Call(keys=places, args=args)
