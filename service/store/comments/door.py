"""The door: the only way in which a comment's status changes.

The same script adds approved comments to the search index: no comment can be visible but not
searchable, wherever a process dies.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from service.domain import moments
from service.domain.actor import is_moderator
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound, StaleStatus
from service.store import scripts
from service.store.comments import exchanges, index
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Argument, Call


@dataclass(frozen=True, slots=True)
class Moved:
    """The result of a move: its log entry, and the time to which flags were answered before it."""

    entry: str
    answered: str


@dataclass(frozen=True, slots=True)
class Move:
    """A change of status; it applies only to the revision of the comment it is about.

    `entry` is the log entry that must still be the last one, "" for any. `answered` is the time
    (ms) to which flags count as answered from now on, "" to apply the rules.
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
    depth: str = ""
    language: str = ""
    margin: str = ""
    hosts: str = ""
    entry: str = ""
    answered: str = ""


def carry_out(record: Record, move: Move) -> Moved:
    """Carry out one move.

    :raises StaleStatus: the comment has changed since it was read.
    :raises CommentNotFound: the comment has gone.
    """
    call = _call(record.keys, move)
    match scripts.run(record.redis, "change_status", keys=call.keys, args=call.args):
        case ["ok", entry, answered]:
            return Moved(entry, answered)
        case ["stale", status, who, entry]:
            raise StaleStatus(status, who, moments.from_ms(entry.split("-")[0]) if entry else None)
        case _:
            raise CommentNotFound(move.comment.id)


def carry_out_many(record: Record, moves: Sequence[Move]) -> list[Moved | None]:
    """Carry out moves in one round trip, each atomic; None where a comment has changed or gone."""
    calls = [_call(record.keys, move) for move in moves]
    answers = scripts.run_many(record.redis, "change_status", calls)
    return [Moved(*answer[1:]) if answer[0] == "ok" else None for answer in answers]


def _call(keys: Keys, move: Move) -> Call:
    return Call(keys=_keys_of(keys, move.comment, move.new), args=_args_of(move))


def _keys_of(keys: Keys, comment: Comment, new: Status) -> dict[str, str]:
    return {
        "comment": keys.comment(comment.id),
        "log": keys.log(),
        "unjudged": keys.unjudged(),
        "tries": keys.tries(),
        "author": keys.author(comment.author),
        "body": keys.body(comment.id),
        "proposal": keys.title(comment.id),
        "flagged": keys.flagged(),
        "left": keys.home(comment.status),
        "entered": keys.home(new),
        "claim": keys.claim(comment.id),
        "flags": keys.flags(comment.id),
        "turn": keys.turn(),
        "facets": keys.facet(""),
        "sent": keys.sent(),
        **exchanges.keys_of(keys, comment),
        **index.keys_of(keys),
    }


def _args_of(move: Move) -> dict[str, Argument]:
    comment = move.comment
    return {
        "id": comment.id,
        "expected": comment.status.value,
        "status": move.new.value,
        "by": move.by,
        "why": move.why,
        "now": moments.to_ms(move.now),
        "revision": comment.revision,
        "scores": move.scores,
        "opinions": move.opinions,
        "judged": "1" if move.judged else "",
        "text": move.text,
        "model": move.model,
        "depth": move.depth,
        "created": moments.to_ms(comment.created_at),
        "language": move.language,
        "margin": move.margin,
        "hosts": move.hosts,
        "entry": move.entry,
        "answered": move.answered,
        "is_person": "1" if is_moderator(move.by) else "",
        "rows": index.rows(comment.body) if move.new is Status.APPROVED else "",
        **exchanges.args_of(comment),
    }
