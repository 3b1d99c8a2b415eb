"""Votes: one reader, one vote, on a comment or on an article."""

from typing import Any

from service.domain.errors import CommentNotFound, NotVotable
from service.domain.vote import Direction, Tally
from service.store import scripts
from service.store.keys import Keys
from service.store.record import Record


def cast_vote(record: Record, thread: str, comment: str, voter: str, direction: Direction) -> Tally:
    """Set, change or withdraw a vote on a comment; voting the same way twice changes nothing.

    :raises CommentNotFound: there is no such comment.
    :raises NotVotable: readers cannot see it, or the voter wrote it.
    """
    places = [
        record.keys.comment(comment),
        record.keys.votes(comment),
        *_orders(record.keys, thread),
    ]
    answer = scripts.run(record.redis, "cast_vote", places, [voter, int(direction), comment])
    return _tally(answer, comment)


def cast_article_vote(record: Record, thread: str, voter: str, direction: Direction) -> Tally:
    """Set, change or withdraw a vote on an article."""
    places = [record.keys.thread(thread), record.keys.votes(thread), *_orders(record.keys, thread)]
    answer = scripts.run(record.redis, "cast_vote", places, [voter, int(direction), ""])
    return _tally(answer, thread)


def of_voter(record: Record, targets: list[str], voter: str) -> dict[str, Direction]:
    """Read how a reader has voted on comments and threads."""
    with record.redis.pipeline(transaction=False) as pipe:
        for target in targets:
            pipe.hget(record.keys.votes(target), voter)
        found = pipe.execute()
    return {t: Direction(int(v)) for t, v in zip(targets, found, strict=True) if v}


def _orders(keys: Keys, thread: str) -> list[str]:
    return [keys.thread_best(thread), keys.thread_roots_best(thread), keys.turn()]


def _tally(answer: Any, target: str) -> Tally:
    match answer:
        case ["ok", up, down]:
            return Tally(int(up), int(down))
        case ["missing"]:
            raise CommentNotFound(target)
        case _:
            raise NotVotable(target)
