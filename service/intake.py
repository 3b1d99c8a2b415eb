"""A reader writes a comment: check it, keep it, call a worker."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import timedelta

from service import admission
from service import captcha as captchas
from service.core import Core
from service.domain import ids, text
from service.domain.comment import Comment, Status
from service.domain.errors import Fault, Invalid, KeyReused
from service.domain.site import CaptchaStrategy, Mode, Site
from service.domain.thread import Thread
from service.store import exchanges, intakes, limits
from service.store.intakes import Accepted, Intake, Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a reader sent; `reader` is his pseudonym where his token was good."""

    thread: str
    name: str
    body: str
    title: str = ""
    parent: str | None = None
    email: str | None = None
    captcha_id: str = ""
    captcha_answer: str = ""
    reader: str | None = None
    address: str = ""
    idempotency: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A comment that is kept, and the receipt that proves who wrote it."""

    comment: Comment
    receipt: str


def submit(core: Core, site: Site, submission: Submission) -> Submitted:
    """Keep a reader's comment and call a worker; the same idempotency key gives the same answer.

    :raises Invalid: every faulty field, at once; nothing is kept.
    :raises TooMany: this address has used up its allowance.
    :raises KeyReused: the idempotency key belongs to another comment.
    """
    _take_allowance(core, site, submission)
    faults, intake = _prepare(core, site, submission)
    accepted = intakes.accept(core.redis, core.keys(site.name), intake, keep=not faults)
    if faults := (*faults, *accepted.faults):
        raise Invalid(*faults)
    if accepted.repeated:
        return _repeat(core, site, intake, accepted)
    if accepted.ring:
        core.ring(site.name)
    return _answer(core, site, intake.comment)


def _prepare(core: Core, site: Site, sent: Submission) -> tuple[tuple[Fault, ...], Intake]:
    thread, thread_faults = admission.locate(site, sent.thread, sent.title)
    body, name = text.clean_body(sent.body), text.clean_name(sent.name)
    proof, captcha_faults = _proof(core, site, sent)
    now = core.now()
    comment = Comment(
        id=ids.new_id(now, core.random(ids.RANDOM_BYTES)),
        thread=thread.id,
        author=_author(core, site, sent, name),
        name=name,
        body=body,
        created_at=now,
        status=Status.APPROVED if site.mode is Mode.POST else Status.PENDING,
        parent=sent.parent or None,
        email=(sent.email or "").strip() or None,
    )
    faults = (
        *thread_faults,
        *_parent_faults(sent.parent),
        *admission.name_faults(name),
        *admission.email_faults(comment.email),
        *admission.body_faults(site, body),
        *captcha_faults,
    )
    return faults, _intake(core, site, sent, comment, thread, proof)


def _intake(
    core: Core, site: Site, sent: Submission, comment: Comment, thread: Thread, proof: Proof | None
) -> Intake:
    days = site.policy.closed_after_days
    known_parent = comment.parent if comment.parent and ids.is_id(comment.parent) else None
    keys = core.keys(site.name)
    root = exchanges.root_of(core.redis, keys, known_parent) if known_parent else None
    return Intake(
        comment=replace(comment, parent=known_parent, root=root),
        thread=thread,
        proof=proof,
        idempotency=_digest(sent.idempotency) if sent.idempotency else "",
        fingerprint=_digest(json.dumps([thread.id, comment.name, comment.body, sent.parent])),
        closes_after=timedelta(days=days) if days else None,
    )


def _parent_faults(parent: str | None) -> tuple[Fault, ...]:
    return (intakes.FAULTS["parent:unknown"],) if parent and not ids.is_id(parent) else ()


def _proof(core: Core, site: Site, sent: Submission) -> tuple[Proof | None, tuple[Fault, ...]]:
    if site.captcha is CaptchaStrategy.OFF:
        return None, ()
    if not sent.captcha_id or not sent.captcha_answer.strip():
        field = "captcha.answer" if sent.captcha_id else "captcha"
        return None, (Fault(field, "missing", "Please answer the confirmation code."),)
    secret = core.signer.derive("captcha")
    try:
        captcha = captchas.read(secret, sent.captcha_id)
    except captchas.ForgedCaptcha:
        return None, (Fault("captcha.id", "unknown", "This code was not issued here."),)
    if not captchas.belongs(secret, captcha, site.name):
        return None, (Fault("captcha.id", "unknown", "This code was issued for another site."),)
    if captcha.expires_at <= core.now():
        return None, (Fault("captcha.id", "expired", "This code is too old; take another one."),)
    right = _is_right(secret, captcha, sent.captcha_answer)
    return Proof(nonce=captcha.nonce, expires_at=captcha.expires_at, right=right), ()


def _is_right(secret: bytes, captcha: captchas.Captcha, answer: str) -> bool:
    if captcha.kind is captchas.Kind.POW:
        return captchas.solved(secret, captcha, answer)
    return captchas.matches(secret, captcha, answer)


def _author(core: Core, site: Site, sent: Submission, name: str) -> str:
    # Without a token an author is known by address and name. Never by e-mail: anybody could
    # write under somebody else's and live on, or ruin, his good record.
    return sent.reader or core.signer.pseudonym(
        site.name, "author", f"{sent.address}\n{name.casefold()}"
    )


def _take_allowance(core: Core, site: Site, sent: Submission) -> None:
    if not site.policy.comments_per_minute:
        return
    who = core.signer.pseudonym(site.name, "address", sent.address)
    rate = limits.Rate(site.policy.comments_per_minute, burst=10)
    key = core.keys(site.name).allowance("comment", who)
    limits.take(core.redis, key, rate, now=core.now())


def _repeat(core: Core, site: Site, intake: Intake, accepted: Accepted) -> Submitted:
    if accepted.fingerprint != intake.fingerprint:
        raise KeyReused
    first = replace(intake.comment, id=accepted.id, created_at=ids.made_at(accepted.id))
    return _answer(core, site, first)


def _answer(core: Core, site: Site, comment: Comment) -> Submitted:
    return Submitted(comment, core.signer.receipt(site.name, comment.id))


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:32]
