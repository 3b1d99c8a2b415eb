"""Comments: how they are read, and the one door through which their status changes."""

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from redis import Redis

from service.domain import moments
from service.domain.comment import TRANSITIONS, Comment, Status
from service.domain.errors import CommentNotFound, StaleStatus
from service.domain.verdict import Verdict
from service.store import codec, exchanges, scripts
from service.store.keys import Keys


def get(redis: Redis, keys: Keys, comment: str) -> Comment:
    """Read one comment.

    :raises CommentNotFound: there is none by that id.
    """
    for found in get_many(redis, keys, [comment]):
        return found
    raise CommentNotFound(comment)


def get_many(redis: Redis, keys: Keys, ids: Iterable[str]) -> list[Comment]:
    """Read several comments in their order, leaving out what has gone."""
    wanted = list(ids)
    with redis.pipeline(transaction=False) as pipe:
        for id_ in wanted:
            pipe.hgetall(keys.comment(id_))
            pipe.get(keys.body(id_))
        found = pipe.execute()
    rows = zip(wanted, found[::2], found[1::2], strict=True)
    return [codec.comment_from(id_, row, body) for id_, row, body in rows if row]


def judge_many(
    redis: Redis, keys: Keys, judged: Sequence[tuple[Comment, Verdict]], *, now: datetime
) -> list[Status | None]:
    """Carry out the machine's verdicts, each on the revision it was made on, in one round trip.

    None where somebody else decided, or the author changed the text, meanwhile.
    """
    moves = [_verdict_move(comment, verdict, now) for comment, verdict in judged]
    answers = scripts.run_many(redis, "change_status", [_call(keys, move) for move in moves])
    return [
        move.new if answer[0] == "ok" else None for move, answer in zip(moves, answers, strict=True)
    ]


def judge(redis: Redis, keys: Keys, comment: Comment, verdict: Verdict, *, now: datetime) -> Status:
    """Carry out one verdict of the machine.

    :raises StaleStatus: somebody else decided, or the author changed the text, meanwhile.
    """
    return _carry_out(redis, keys, _verdict_move(comment, verdict, now))


def change_status(
    redis: Redis,
    keys: Keys,
    comment: Comment,
    new: Status,
    *,
    by: str,
    now: datetime,
    why: str = "",
    text: str = "",
    redress: bool = False,
) -> Status:
    """Move a comment on, if it still stands where the caller read it; `text` is an author's edit.

    `redress` is an upheld appeal: it brings back even what was removed.

    :raises StaleStatus: it has moved since, or may not move that way.
    """
    edited = bool(text) and comment.status is Status.PENDING
    if new not in TRANSITIONS[comment.status] and not edited and not redress:
        raise StaleStatus(comment.status)
    return _carry_out(redis, keys, Move(comment, new, by=by, why=why, now=now, text=text))


@dataclass(frozen=True, slots=True)
class Move:
    """One change of status, as it goes through the door."""

    comment: Comment
    new: Status
    _: KW_ONLY
    by: str
    now: datetime
    why: str = ""
    scores: str = ""
    reasons: str = ""
    judged: bool = False
    text: str = ""
    model: str = ""


def _verdict_move(comment: Comment, verdict: Verdict, now: datetime) -> Move:
    reasons = dict.fromkeys(codec.reason_code(reason) for reason in verdict.reasons)
    return Move(
        comment,
        verdict.outcome.status,
        by="machine",
        now=now,
        scores=codec.scores_to(verdict.scores),
        reasons=",".join(reasons),
        judged=True,
        model=verdict.model,
    )


def _carry_out(redis: Redis, keys: Keys, move: Move) -> Status:
    match scripts.run(redis, "change_status", *_call(keys, move)):
        case ["ok", _]:
            return move.new
        case ["stale", status, who, entry]:
            raise StaleStatus(status, who, moments.from_ms(entry.split("-")[0]) if entry else None)
        case _:
            raise CommentNotFound(move.comment.id)


def _call(keys: Keys, move: Move) -> scripts.Call:
    comment = move.comment
    # A verdict and an edit hold only for the text they were made on.
    revision = str(comment.revision) if move.judged or move.text else ""
    return _status_keys(keys, comment, move.new), [
        comment.id,
        comment.status.value,
        move.new.value,
        move.by,
        move.why,
        moments.to_ms(move.now),
        revision,
        move.scores,
        move.reasons,
        "1" if move.judged else "",
        move.text,
        move.model,
        moments.to_ms(comment.created_at),
        *exchanges.args_of(comment),
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
    ]
