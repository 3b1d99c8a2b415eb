"""Make a comment of what was sent, and name everything that is wrong with it."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import timedelta

from service.core import Core
from service.domain import ids, text
from service.domain.comment import Comment, Status
from service.domain.errors import Fault
from service.domain.site import Mode, Site
from service.domain.submission import Submission
from service.domain.thread import Thread
from service.readers.intake import admission
from service.readers.intake.checks import author as footed
from service.readers.intake.checks import captcha
from service.store.comments import exchanges, intakes
from service.store.comments.intakes import Intake, Proof
from service.store.people.traffic import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A comment ready to be taken in, if it has no faults; `kinds` are what it counts as."""

    intake: Intake
    faults: tuple[Fault, ...]
    kinds: list[Kind]


def prepare(core: Core, site: Site, sent: Submission) -> Prepared:
    """Clean what was sent and look at all of it."""
    thread, thread_faults = admission.locate(site, sent.thread, sent.title)
    comment = _comment(core, site, sent, thread)
    kinds = captcha.kinds(core, site, sent.address, thread.id, comment.body)
    proof, captcha_faults = _prove(core, site, sent, comment, kinds)
    faults = (
        *thread_faults,
        *_parent_faults(sent.parent),
        *_name_faults(core, site, sent, comment.name),
        *admission.email_faults(comment.email),
        *admission.body_faults(site, comment.body),
        *_badge_faults(sent),
        *_footing_faults(core, site, sent, comment),
        *captcha_faults,
    )
    intake = _intake(core, site, sent, comment, thread, proof)
    return Prepared(intake=intake, faults=faults, kinds=kinds)


def _comment(core: Core, site: Site, sent: Submission, thread: Thread) -> Comment:
    name, now = text.clean_name(sent.name), core.now()
    return Comment(
        id=ids.new_id(now, core.random(ids.RANDOM_BYTES)),
        thread=thread.id,
        author=_author(core, site, sent, name),
        name=name,
        body=text.clean_body(sent.body),
        created_at=now,
        status=Status.APPROVED if site.mode is Mode.POST else Status.PENDING,
        parent=sent.parent or None,
        email=(sent.email or "").strip() or None,
        badge=sent.badge if sent.trusted else None,
        person=core.signer.person(sent.address, name),
    )


def _author(core: Core, site: Site, sent: Submission, name: str) -> str:
    if sent.trusted and not sent.reader:
        return core.signer.pseudonym(site.name, "newsroom", name.casefold())
    # Without a token an author is known by address and name. Never by e-mail: anybody could
    # write under somebody else's and live on, or ruin, his good record.
    return sent.reader or core.signer.pseudonym(
        site.name, "author", f"{sent.address}\n{name.casefold()}"
    )


def _prove(
    core: Core, site: Site, sent: Submission, comment: Comment, kinds: list[Kind]
) -> tuple[Proof | None, tuple[Fault, ...]]:
    if sent.trusted:
        return None, ()
    said = f"{comment.name}\n{comment.body}"
    facts = captcha.gather(core, site, kinds, comment.author, said)
    return captcha.prove(core, site, sent.captcha_id, sent.captcha_answer, facts)


def _name_faults(core: Core, site: Site, sent: Submission, name: str) -> tuple[Fault, ...]:
    faults = admission.name_faults(name)
    return faults if faults or sent.trusted else admission.reserved_faults(core, site, name)


def _badge_faults(sent: Submission) -> tuple[Fault, ...]:
    if sent.badge is None or sent.trusted:
        return ()
    return (Fault("badge", "not-allowed", "Only the newsroom's own key gives a badge."),)


def _footing_faults(
    core: Core, site: Site, sent: Submission, comment: Comment
) -> tuple[Fault, ...]:
    return () if sent.trusted else footed.faults(core, site, comment)


def _parent_faults(parent: str | None) -> tuple[Fault, ...]:
    return (intakes.FAULTS["parent:unknown"],) if parent and not ids.is_id(parent) else ()


def _intake(
    core: Core, site: Site, sent: Submission, comment: Comment, thread: Thread, proof: Proof | None
) -> Intake:
    days = site.policy.closed_after_days
    known_parent = comment.parent if comment.parent and ids.is_id(comment.parent) else None
    record = core.at(site.name)
    root = exchanges.root_of(record, known_parent) if known_parent else None
    return Intake(
        comment=replace(comment, parent=known_parent, root=root),
        thread=thread,
        proof=proof,
        idempotency=digest(sent.idempotency) if sent.idempotency else "",
        fingerprint=_fingerprint(sent, comment),
        closes_after=timedelta(days=days) if days else None,
    )


def _fingerprint(sent: Submission, comment: Comment) -> str:
    """Name what was sent and by whom: whoever repeats another's key and words gets no receipt."""
    who = [comment.author, sent.trusted]
    return digest(json.dumps([comment.thread, comment.name, comment.body, sent.parent, *who]))


def digest(value: str) -> str:
    """Name a key, or what was sent, in 32 characters that tell nothing of it."""
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:32]
