"""Votes: one per reader on each comment or article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from service.domain import moments
from service.domain.errors import CommentNotFound, NotVotable
from service.domain.voice import LIMITS, MOST_APART, MOST_OF_ONE, VOICES_LAST
from service.domain.vote import Direction, OwnVote, Tally
from service.store import scripts
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Argument


@dataclass(frozen=True, slots=True)
class Ballot:
    """When a vote is cast, and from which networks: how many of their votes may count by then.

    `look` is when it is looked at again if it is set apart.
    """

    at: datetime
    look: datetime
    networks: Sequence[str] = ()
    allowed: Sequence[int] = ()

    def args(self) -> dict[str, Argument]:
        """Return the ballot as arguments of a script."""
        rows = zip(self.networks, self.allowed, LIMITS, strict=False)
        return {
            "now": moments.to_ms(self.at),
            "lasts": int(VOICES_LAST.total_seconds() * 1000),
            "networks": [
                part for network, most, limit in rows for part in (network, most, limit.full)
            ],
        }


def cast_vote(
    record: Record, thread: str, comment: str, voter: str, direction: Direction, ballot: Ballot
) -> Tally:
    """Set, change or withdraw a vote on a comment; voting the same way twice changes nothing.

    A vote that is set apart is in the tally that the voter gets, and in no other.

    :raises CommentNotFound: there is no such comment.
    :raises NotVotable: the comment is not approved, or the voter wrote it.
    """
    keys = keys_of(record.keys, comment, thread)
    args = {"comment": comment, **_args_of(comment, voter, direction, ballot)}
    return _tally(scripts.run(record.redis, "cast_vote", keys=keys, args=args), comment, direction)


def cast_article_vote(
    record: Record, thread: str, voter: str, direction: Direction, ballot: Ballot
) -> Tally:
    """Set, change or withdraw a vote on an article."""
    keys = keys_of(record.keys, thread, thread)
    args = {"comment": "", **_args_of(thread, voter, direction, ballot)}
    return _tally(scripts.run(record.redis, "cast_vote", keys=keys, args=args), thread, direction)


def of_voter(record: Record, targets: list[str], voter: str) -> dict[str, OwnVote]:
    """Read how a reader has voted on comments and threads, also where the vote is set apart."""
    with record.redis.pipeline(transaction=False) as pipe:
        for target in targets:
            pipe.hget(record.keys.votes(target), voter)
            pipe.hget(record.keys.apart(target), voter)
        rows = cast("list[str | None]", pipe.execute())
    pairs = zip(rows[::2], rows[1::2], strict=True)
    votes = [
        OwnVote(direction_of(counted or apart or ""), is_apart=not counted)
        for counted, apart in pairs
    ]
    return {target: vote for target, vote in zip(targets, votes, strict=True) if vote.direction}


def direction_of(entry: str) -> Direction:
    """Return the direction of a stored vote."""
    return Direction(int(entry.partition(" ")[0] or 0))


def keys_of(keys: Keys, target: str, thread: str) -> dict[str, str]:
    """Return the keys of a comment's or an article's votes, by their names in the scripts."""
    return {
        "target": keys.thread(thread) if target == thread else keys.comment(target),
        "votes": keys.votes(target),
        "apart": keys.apart(target),
        "aparts": keys.aparts(),
        "voices": keys.voices(target),
        "thread_best": keys.thread_best(thread),
        "thread_roots_best": keys.thread_roots_best(thread),
        "turn": keys.turn(),
    }


def _args_of(target: str, voter: str, direction: Direction, ballot: Ballot) -> dict[str, Argument]:
    return {
        "voter": voter,
        "direction": int(direction),
        "id": target,
        "look": moments.to_ms(ballot.look),
        "most_of_one": MOST_OF_ONE,
        "most": MOST_APART,
        **ballot.args(),
    }


def _tally(answer: Any, target: str, direction: Direction) -> Tally:
    match answer:
        case ["ok", up, down, "apart"]:
            return Tally(int(up) + (direction > 0), int(down) + (direction < 0))
        case ["ok", up, down, _]:
            return Tally(int(up), int(down))
        case ["missing"]:
            raise CommentNotFound(target)
        case _:
            raise NotVotable(target)
