"""Whole comments with their votes and flags, in and out: what export and import work on."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from service.domain import moments
from service.domain.comment import Comment
from service.domain.thread import Thread
from service.store import codec, scripts
from service.store.comments import comments, threads
from service.store.keys import Keys
from service.store.record import Record
from service.store.upkeep import census, repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A comment with all that belongs to it; votes by voter, flags by reader as they are kept."""

    comment: Comment
    votes: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedThread:
    """An article with its votes, and when it was first seen (ms)."""

    thread: Thread
    opened: int
    votes: Mapping[str, str] = field(default_factory=dict)


def all_comments(record: Record) -> Iterator[Archived]:
    """Read every comment of a site, the oldest first."""
    for batch in census.batches(census.named(record, "c")):
        with record.redis.pipeline(transaction=False) as pipe:
            for id_ in batch:
                pipe.hgetall(record.keys.votes(id_))
                pipe.hgetall(record.keys.flags(id_))
            found = pipe.execute()
        votes, flags = dict(zip(batch, found[::2], strict=True)), found[1::2]
        flagged = dict(zip(batch, flags, strict=True))
        for comment in comments.get_many(record, batch):
            yield Archived(comment=comment, votes=votes[comment.id], flags=flagged[comment.id])


def all_threads(record: Record) -> Iterator[ArchivedThread]:
    """Read every article of a site, by id."""
    for batch in census.batches(census.named(record, "t")):
        about = threads.titles(record, batch)
        with record.redis.pipeline(transaction=False) as pipe:
            for id_ in batch:
                pipe.hget(record.keys.thread(id_), "c")
                pipe.hgetall(record.keys.votes(id_))
            found = pipe.execute()
        for id_, opened, votes in zip(batch, found[::2], found[1::2], strict=True):
            yield ArchivedThread(thread=about[id_], opened=int(opened or 0), votes=votes)


def add_comments(record: Record, rows: Sequence[Archived], *, now: datetime) -> list[bool]:
    """Keep comments that are not known yet; tell of each whether it was new."""
    answers = scripts.run_many(
        record.redis, "import_comment", [_call(record.keys, row) for row in rows]
    )
    kept = [row.comment.id for row in rows]
    repair.reroot(record, kept)
    repair.mend_comments(record, kept, now)
    return [answer == "kept" for answer in answers]


def add_thread(record: Record, row: ArchivedThread) -> None:
    """Make an article known with its votes; votes that are there already stay."""
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


def _call(keys: Keys, row: Archived) -> scripts.Call:
    comment = row.comment
    fields = codec.archived_fields(comment)
    places = [
        keys.comment(comment.id),
        keys.body(comment.id),
        keys.votes(comment.id),
        keys.flags(comment.id),
        keys.author(comment.author),
        keys.log(),
    ]
    args = [comment.id, comment.status.value, moments.to_ms(comment.created_at), comment.body]
    maps = [json.dumps(dict(row.votes)), json.dumps(dict(row.flags))]
    return places, [*args, *maps, *(part for pair in fields.items() for part in pair)]
