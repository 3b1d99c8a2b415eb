"""Archive: complete comments with their votes and flags, for export and import."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from service.domain import moments
from service.domain.comment import Comment, Status
from service.domain.thread import Thread
from service.store import codec, scripts
from service.store.comments import comments, index, threads
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Argument, Call
from service.store.upkeep import census, repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A comment with its votes by voter and its flags by reader, as stored."""

    comment: Comment
    votes: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedThread:
    """An article with its votes and the time it was first seen (ms)."""

    thread: Thread
    opened: int
    votes: Mapping[str, str] = field(default_factory=dict)


def all_comments(record: Record) -> Iterator[Archived]:
    """Read every comment of a site, the oldest first."""
    for batch in census.batches(census.names(record, "c")):
        with record.redis.pipeline(transaction=False) as pipe:
            for id_ in batch:
                pipe.hgetall(record.keys.votes(id_))
                pipe.hgetall(record.keys.flags(id_))
            rows = pipe.execute()
        votes = dict(zip(batch, rows[::2], strict=True))
        flags = dict(zip(batch, rows[1::2], strict=True))
        for comment in comments.get_many(record, batch):
            yield Archived(comment=comment, votes=votes[comment.id], flags=flags[comment.id])


def all_threads(record: Record) -> Iterator[ArchivedThread]:
    """Read every article of a site, by id."""
    for batch in census.batches(census.names(record, "t")):
        articles = threads.titles(record, batch)
        with record.redis.pipeline(transaction=False) as pipe:
            for id_ in batch:
                pipe.hget(record.keys.thread(id_), "c")
                pipe.hgetall(record.keys.votes(id_))
            rows = pipe.execute()
        for id_, opened, votes in zip(batch, rows[::2], rows[1::2], strict=True):
            yield ArchivedThread(thread=articles[id_], opened=int(opened or 0), votes=votes)


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
    """Store an article with its votes; existing votes stay unchanged."""
    thread = row.thread
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.hsetnx(record.keys.thread(thread.id), "c", str(row.opened))
        pipe.hsetnx(record.keys.thread(thread.id), "url", thread.url)
        if thread.title:
            pipe.hsetnx(record.keys.thread(thread.id), "title", thread.title)
        for voter, vote in row.votes.items():
            pipe.hsetnx(record.keys.votes(thread.id), voter, vote)
        pipe.execute()
    repair.mend_threads(record, [thread.id])


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
