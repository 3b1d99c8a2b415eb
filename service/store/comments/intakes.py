"""Intake of a new comment: everything that must happen together, in one atomic write."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from service.domain import moments
from service.domain.comment import Comment, Status
from service.domain.errors import Fault
from service.domain.thread import Thread
from service.store import codec, scripts
from service.store.comments import exchanges, index, titles
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Argument

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
    """An answered captcha: its nonce, its expiry, and whether the answer is right."""

    nonce: str
    expires_at: datetime
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A new comment with everything that decides whether it is accepted.

    `names_article`: the title comes from the newsroom; otherwise it is only proposed.
    """

    comment: Comment
    thread: Thread
    proof: Proof | None
    idempotency: str = ""
    fingerprint: str = ""
    closes_after: timedelta | None = None
    names_article: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The result of an intake: faults, or stored, or a repeat of the comment `id`."""

    faults: tuple[Fault, ...] = ()
    id: str = ""
    fingerprint: str = ""
    repeated: bool = False
    ring: bool = False


def fingerprint_of(record: Record, idempotency: str) -> str:
    """Return the fingerprint of the comment accepted with an idempotency key, or ""."""
    entry = cast("str | None", record.redis.get(record.keys.idempotency(idempotency)))
    return (entry or "").partition(" ")[2]


def accept(record: Record, intake: Intake, *, keep: bool = True) -> Accepted:
    """Store a new comment in one atomic write, or return all faults; `keep=False` only checks.

    The same write indexes a comment that is published at once.
    """
    keys, args = _keys_of(record.keys, intake), _args_of(intake, keep)
    answer = scripts.run(record.redis, "accept_comment", keys=keys, args=args)
    match answer:
        case ["kept", ring]:
            return Accepted(id=intake.comment.id, fingerprint=intake.fingerprint, ring=ring == "1")
        case ["repeat", comment, fingerprint]:
            return Accepted(id=comment, fingerprint=fingerprint, repeated=True)
        case _:
            return Accepted(faults=tuple(FAULTS[name] for name in answer[1:]))


def _keys_of(keys: Keys, intake: Intake) -> dict[str, str]:
    comment, proof = intake.comment, intake.proof
    return {
        "idempotency": keys.idempotency(intake.idempotency or comment.id),
        "captcha": keys.captcha(proof.nonce if proof else ""),
        "comment": keys.comment(comment.id),
        "body": keys.body(comment.id),
        "voted": keys.voted(),
        "proposal": keys.title(comment.id),
        "parent": keys.comment(comment.parent or comment.id),
        "unjudged": keys.unjudged(),
        "bell": keys.bell(),
        "author": keys.author(comment.author),
        "log": keys.log(),
        "approved": keys.home(Status.APPROVED),
        "turn": keys.turn(),
        "latest": keys.latest(comment.author),
        **exchanges.keys_of(keys, comment),
        **index.keys_of(keys),
    }


def _args_of(intake: Intake, keep: bool) -> dict[str, Argument]:
    comment, proof = intake.comment, intake.proof
    is_published = comment.status is Status.APPROVED
    return {
        "id": comment.id,
        "fingerprint": intake.fingerprint if intake.idempotency else "",
        "now": moments.to_ms(comment.created_at),
        "captcha": "off" if proof is None else "right" if proof.right else "wrong",
        # Not the moment: the store's clock may differ from that of the process that checked it.
        "captcha_lasts": max(1, _ms(proof.expires_at - comment.created_at)) if proof else 1,
        "captcha_tries": CAPTCHA_TRIES,
        "mode": "keep" if keep else "check",
        "has_parent": "1" if comment.parent else "",
        "publish": "1" if is_published else "",
        "url": intake.thread.url,
        "title": intake.thread.title,
        "is_ours": "1" if intake.names_article else "",
        "title_lasts": _ms(titles.LAST),
        "text": comment.body,
        "key_lasts": _ms(KEY_LASTS),
        "bell_lasts": _ms(BELL_LASTS),
        "closes_after": _ms(intake.closes_after) if intake.closes_after else "",
        "thread_id": comment.thread,
        "rows": index.rows(comment.body) if is_published else "",
        "fields": codec.flat(codec.comment_fields(comment)),
        **exchanges.args_of(comment),
    }


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
