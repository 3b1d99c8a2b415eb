"""Comments: how one comes in, and the one door through which its status changes."""

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from redis import Redis

from service.domain import moments
from service.domain.comment import TRANSITIONS, Comment, Status
from service.domain.errors import CommentNotFound, Fault, StaleStatus
from service.domain.thread import Thread
from service.domain.verdict import Verdict
from service.store import codec, scripts
from service.store.keys import Keys

BELL_LASTS = timedelta(seconds=5)
KEY_LASTS = timedelta(hours=24)
CAPTCHA_TRIES = 3

FAULTS = {
    "captcha:wrong": Fault("captcha.answer", "wrong", "The code is not the one in the picture."),
    "captcha:used": Fault("captcha.id", "used", "This code was used already; take another one."),
    "captcha:exhausted": Fault("captcha.id", "exhausted", "Too many tries; take another code."),
    "parent:unknown": Fault(
        "parent", "unknown", "The comment this answers is not here (any more)."
    ),
    "thread:closed": Fault("thread", "closed", "Comments on this article are closed."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What an answered captcha comes to: its nonce, its end, and whether the answer is right."""

    nonce: str
    expires_at: datetime
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A new comment with everything that decides whether it is taken."""

    comment: Comment
    thread: Thread
    proof: Proof | None
    idempotency: str = ""
    fingerprint: str = ""
    closes_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of an intake: faults, or kept, or a repeat of the comment `id`."""

    faults: tuple[Fault, ...] = ()
    id: str = ""
    fingerprint: str = ""
    repeated: bool = False
    ring: bool = False


def accept(redis: Redis, keys: Keys, intake: Intake, *, keep: bool = True) -> Accepted:
    """Keep a new comment in one atomic write, or tell every fault; `keep=False` only looks."""
    answer = scripts.run(
        redis, "accept_comment", _accept_keys(keys, intake), _accept_args(intake, keep)
    )
    match answer:
        case ["kept", ring]:
            return Accepted(id=intake.comment.id, fingerprint=intake.fingerprint, ring=ring == "1")
        case ["repeat", comment, fingerprint]:
            return Accepted(id=comment, fingerprint=fingerprint, repeated=True)
        case _:
            return Accepted(faults=tuple(FAULTS[name] for name in answer[1:]))


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
) -> Status:
    """Move a comment on, if it still stands where the caller read it; `text` is an author's edit.

    :raises StaleStatus: it has moved since, or may not move that way.
    """
    edited = bool(text) and comment.status is Status.PENDING
    if new not in TRANSITIONS[comment.status] and not edited:
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
    ]


def _accept_keys(keys: Keys, intake: Intake) -> list[str]:
    comment, proof = intake.comment, intake.proof
    return [
        keys.idempotency(intake.idempotency or comment.id),
        keys.captcha(proof.nonce if proof else ""),
        keys.comment(comment.id),
        keys.body(comment.id),
        keys.thread(comment.thread),
        keys.comment(comment.parent or comment.id),
        keys.unjudged(),
        keys.bell(),
        keys.author(comment.author),
        keys.log(),
        keys.home(Status.APPROVED),
        keys.thread_new(comment.thread),
        keys.thread_best(comment.thread),
    ]


def _accept_args(intake: Intake, keep: bool) -> list[str | int]:
    comment, proof = intake.comment, intake.proof
    fields = codec.comment_fields(comment)
    return [
        comment.id,
        intake.fingerprint if intake.idempotency else "",
        moments.to_ms(comment.created_at),
        "off" if proof is None else "right" if proof.right else "wrong",
        moments.to_ms(proof.expires_at) if proof else 0,
        CAPTCHA_TRIES,
        "keep" if keep else "check",
        "1" if comment.parent else "",
        "1" if comment.status is Status.APPROVED else "",
        intake.thread.url,
        intake.thread.title,
        comment.body,
        _ms(KEY_LASTS),
        _ms(BELL_LASTS),
        _ms(intake.closes_after) if intake.closes_after else "",
        comment.thread,
        *(part for pair in fields.items() for part in pair),
    ]


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
