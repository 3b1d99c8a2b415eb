"""Moves: the one door through which a comment's status changes."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from service.domain import moments
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound, StaleStatus
from service.store import scripts
from service.store.comments import exchanges
from service.store.keys import Keys
from service.store.record import Record


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move left behind: its log entry, and until when flags had been answered before it."""

    entry: str
    answered: str


@dataclass(frozen=True, slots=True)
class Move:
    """One change of status, as it goes through the door; it holds only for the text it is about.

    `entry` is the log entry that must still be the last one, `answered` until when (ms) flags are
    answered from now on; "" for any, and for what the rules say.
    """

    comment: Comment
    new: Status
    _: KW_ONLY
    by: str
    now: datetime
    why: str = ""
    scores: str = ""
    opinions: str = ""
    judged: bool = False
    text: str = ""
    model: str = ""
    language: str = ""
    margin: str = ""
    hosts: str = ""
    entry: str = ""
    answered: str = ""


def carry_out(record: Record, move: Move) -> Moved:
    """Make one move.

    :raises StaleStatus: the comment has moved since it was read.
    :raises CommentNotFound: it has gone.
    """
    match scripts.run(record.redis, "change_status", *_call(record.keys, move)):
        case ["ok", entry, answered]:
            return Moved(entry, answered)
        case ["stale", status, who, entry]:
            raise StaleStatus(status, who, moments.from_ms(entry.split("-")[0]) if entry else None)
        case _:
            raise CommentNotFound(move.comment.id)


def carry_out_many(record: Record, moves: Sequence[Move]) -> list[Moved | None]:
    """Make moves in one round trip, each by itself; None where a comment has moved or gone."""
    answers = scripts.run_many(
        record.redis, "change_status", [_call(record.keys, move) for move in moves]
    )
    return [Moved(*answer[1:]) if answer[0] == "ok" else None for answer in answers]


def _call(keys: Keys, move: Move) -> scripts.Call:
    comment = move.comment
    return _status_keys(keys, comment, move.new), [
        comment.id,
        comment.status.value,
        move.new.value,
        move.by,
        move.why,
        moments.to_ms(move.now),
        comment.revision,
        move.scores,
        move.opinions,
        "1" if move.judged else "",
        move.text,
        move.model,
        moments.to_ms(comment.created_at),
        *exchanges.args_of(comment),
        move.language,
        move.margin,
        move.hosts,
        move.entry,
        move.answered,
    ]


def _status_keys(keys: Keys, comment: Comment, new: Status) -> list[str]:
    return [
        keys.comment(comment.id),
        keys.log(),
        keys.unjudged(),
        keys.tries(),
        keys.author(comment.author),
        keys.body(comment.id),
        keys.thread_new(comment.thread),
        keys.thread_best(comment.thread),
        keys.flagged(),
        keys.home(comment.status),
        keys.home(new),
        keys.claim(comment.id),
        keys.flags(comment.id),
        *exchanges.keys_of(keys, comment),
        keys.facet(""),
        keys.sent(),
    ]
