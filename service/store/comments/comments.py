"""Comments: reading them, and changing their status by a verdict, decision or edit."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from service.domain.actor import Actor
from service.domain.comment import TRANSITIONS, Comment, Status
from service.domain.decision import Seen
from service.domain.errors import CommentNotFound, StaleStatus
from service.domain.verdict import Verdict
from service.store import codec
from service.store.comments import door
from service.store.comments.door import Move
from service.store.record import Record


def get(record: Record, comment: str) -> Comment:
    """Read one comment.

    :raises CommentNotFound: there is none by that id.
    """
    for stored in get_many(record, [comment]):
        return stored
    raise CommentNotFound(comment)


def get_many(record: Record, ids: Iterable[str]) -> list[Comment]:
    """Read several comments in the given order, leaving out those that have gone."""
    all_ids = list(ids)
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in all_ids:
            pipe.hgetall(record.keys.comment(id_))
            pipe.get(record.keys.body(id_))
        answers = pipe.execute()
    rows = zip(all_ids, answers[::2], answers[1::2], strict=True)
    return [codec.comment_from(id_, row, body) for id_, row, body in rows if codec.is_comment(row)]


def seen(record: Record, ids: Sequence[str]) -> dict[str, Seen]:
    """Read the status and revision of comments, leaving out those that have gone."""
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in ids:
            pipe.hmget(record.keys.comment(id_), "s", "r")
        answers = pipe.execute()
    rows = zip(ids, answers, strict=True)
    return {id_: Seen(Status(status), int(edits or 0)) for id_, (status, edits) in rows if status}


def judge_many(
    record: Record, judged: Sequence[tuple[Comment, Verdict]], *, now: datetime
) -> list[Status | None]:
    """Apply verdicts in one round trip, each to the revision it was made on.

    The result is None where somebody else decided or the author edited the text meanwhile.
    """
    moves = [_verdict_move(comment, verdict, now) for comment, verdict in judged]
    results = door.carry_out_many(record, moves)
    return [move.new if moved else None for move, moved in zip(moves, results, strict=True)]


def judge(record: Record, comment: Comment, verdict: Verdict, *, now: datetime) -> Status:
    """Apply one verdict.

    :raises StaleStatus: somebody else decided, or the author edited the text, meanwhile.
    """
    door.carry_out(record, _verdict_move(comment, verdict, now))
    return verdict.outcome.status


def change_status(
    record: Record,
    comment: Comment,
    new: Status,
    *,
    by: str,
    now: datetime,
    why: str = "",
    text: str = "",
    redress: bool = False,
) -> Status:
    """Change a comment's status if it is still the one in `comment`; `text` is an author's edit.

    With `redress`, for an upheld appeal, even a removed comment comes back.

    :raises StaleStatus: the status has changed since, or this transition is not allowed.
    """
    edited = bool(text) and comment.status is Status.PENDING
    if new not in TRANSITIONS[comment.status] and not edited and not redress:
        raise StaleStatus(comment.status)
    door.carry_out(record, Move(comment, new, by=by, why=why, now=now, text=text))
    return new


def _verdict_move(comment: Comment, verdict: Verdict, now: datetime) -> Move:
    return Move(
        comment,
        verdict.outcome.status,
        by=Actor.MACHINE,
        now=now,
        scores=codec.scores_to(verdict.scores),
        opinions=codec.opinions_to(verdict.opinions),
        judged=True,
        model=verdict.model,
        depth=verdict.depth,
        language=verdict.language,
        margin=codec.margin_to(verdict.margin),
        hosts=codec.hosts_to(verdict.hosts),
    )
