"""A new comment comes in: everything that must happen together, in one atomic write."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain import moments
from service.domain.comment import Comment, Status
from service.domain.errors import Fault
from service.domain.thread import Thread
from service.store import codec, scripts
from service.store.comments import exchanges
from service.store.keys import Keys
from service.store.record import Record

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


def is_known(record: Record, idempotency: str) -> bool:
    """Tell whether a comment was taken in under an idempotency key."""
    return bool(record.redis.exists(record.keys.idempotency(idempotency)))


def accept(record: Record, intake: Intake, *, keep: bool = True) -> Accepted:
    """Keep a new comment in one atomic write, or tell every fault; `keep=False` only looks."""
    answer = scripts.run(
        record.redis,
        "accept_comment",
        _accept_keys(record.keys, intake),
        _accept_args(intake, keep),
    )
    match answer:
        case ["kept", ring]:
            return Accepted(id=intake.comment.id, fingerprint=intake.fingerprint, ring=ring == "1")
        case ["repeat", comment, fingerprint]:
            return Accepted(id=comment, fingerprint=fingerprint, repeated=True)
        case _:
            return Accepted(faults=tuple(FAULTS[name] for name in answer[1:]))


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
        *exchanges.keys_of(keys, comment),
        keys.latest(comment.author),
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
        *exchanges.args_of(comment),
        *(part for pair in fields.items() for part in pair),
    ]


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
