"""Votes: one per reader on each comment or article."""

from typing import Any, cast

from service.domain.errors import CommentNotFound, NotVotable
from service.domain.vote import Direction, Tally
from service.store import scripts
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Argument


def cast_vote(record: Record, thread: str, comment: str, voter: str, direction: Direction) -> Tally:
    """Set, change or withdraw a vote on a comment; voting the same way twice changes nothing.

    :raises CommentNotFound: there is no such comment.
    :raises NotVotable: the comment is not approved, or the voter wrote it.
    """
    keys = _keys_of(record.keys, record.keys.comment(comment), comment, thread)
    args: dict[str, Argument] = {"voter": voter, "direction": int(direction), "comment": comment}
    return _tally(scripts.run(record.redis, "cast_vote", keys=keys, args=args), comment)


def cast_article_vote(record: Record, thread: str, voter: str, direction: Direction) -> Tally:
    """Set, change or withdraw a vote on an article."""
    keys = _keys_of(record.keys, record.keys.thread(thread), thread, thread)
    args: dict[str, Argument] = {"voter": voter, "direction": int(direction), "comment": ""}
    return _tally(scripts.run(record.redis, "cast_vote", keys=keys, args=args), thread)


def of_voter(record: Record, targets: list[str], voter: str) -> dict[str, Direction]:
    """Read how a reader has voted on comments and threads."""
    with record.redis.pipeline(transaction=False) as pipe:
        for target in targets:
            pipe.hget(record.keys.votes(target), voter)
        votes = cast("list[str | None]", pipe.execute())
    return {target: Direction(int(v)) for target, v in zip(targets, votes, strict=True) if v}


def _keys_of(keys: Keys, target: str, id_: str, thread: str) -> dict[str, str]:
    return {
        "target": target,
        "votes": keys.votes(id_),
        "thread_best": keys.thread_best(thread),
        "thread_roots_best": keys.thread_roots_best(thread),
        "turn": keys.turn(),
    }


def _tally(answer: Any, target: str) -> Tally:
    match answer:
        case ["ok", up, down]:
            return Tally(int(up), int(down))
        case ["missing"]:
            raise CommentNotFound(target)
        case _:
            raise NotVotable(target)
