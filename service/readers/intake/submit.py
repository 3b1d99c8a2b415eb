"""Submission of a comment: check it, store it and ring for a worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment
from service.domain.errors import Fault, Invalid, KeyReused, MayBeHeld, TooMany
from service.domain.names import looks
from service.domain.site import Site
from service.domain.submission import Submission
from service.readers.intake import facts
from service.readers.intake.checks import CHECKS, TRUSTED_CHECKS
from service.readers.intake.draft import CommentDraft, digest, intake_of, prepare
from service.store.comments import intakes
from service.store.comments.intakes import Accepted, Intake
from service.store.people import allowances, badges

# Tells whether a text would be held for its tone, or as spam.
Foresee = Callable[[str], bool]
BURST = 10


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored comment, and the receipt that proves who wrote it."""

    comment: Comment
    receipt: str


def submit(
    core: Core,
    site: Site,
    submission: Submission,
    foresee: Foresee | None = None,
    suspect: Foresee | None = None,
) -> Submitted:
    """Store a comment and ring for a worker; the same idempotency key gives the same answer.

    With `foresee`, the author of a comment that would be held is first asked to rephrase it. With
    `suspect`, what would be held as spam needs more work.

    :raises Invalid: some fields have faults, all of which are listed; nothing is stored.
    :raises MayBeHeld: it would be held for its tone; nothing is stored or used up.
    :raises TooMany: this address has used up its allowance.
    :raises KeyReused: the idempotency key belongs to another comment, or to another author.
    """
    if not submission.trusted:
        _admit(core, site, submission)
    checks = TRUSTED_CHECKS if submission.trusted else CHECKS
    draft = prepare(core, site, submission, suspect)
    faults = [fault for check in checks for fault in check(core, site, draft)]
    intake = intake_of(site, draft)
    would_be_held = None if submission.insist else foresee
    accepted = _accept(core, site, intake, faults, keep=would_be_held is None)
    if would_be_held and not accepted.repeated:
        if would_be_held(intake.comment.body):
            raise MayBeHeld
        accepted = _accept(core, site, intake, faults, keep=True)
    if accepted.repeated:
        return _repeat(core, site, intake, accepted)
    _note(core, site, draft)
    if accepted.ring:
        core.ring(site.name)
    return _answer(core, site, intake.comment)


def _admit(core: Core, site: Site, sent: Submission) -> None:
    """Charge a comment to the allowance of its address; a repeated one is free.

    :raises TooMany: the allowance is used up.
    """
    try:
        _take_allowance(core, site, sent)
    except TooMany:
        key = sent.idempotency and digest(sent.idempotency)
        if not key or not intakes.is_known(core.at(site.name), key):
            raise


def _take_allowance(core: Core, site: Site, sent: Submission) -> None:
    if not site.policy.comments_per_minute:
        return
    network = core.signer.pseudonym(site.name, "address", sent.address)
    rate = allowances.Rate(site.policy.comments_per_minute, burst=BURST)
    key = core.at(site.name).keys.allowance("comment", network)
    allowances.take(core.redis, key, rate, now=core.now())


def _accept(
    core: Core, site: Site, intake: Intake, faults: Sequence[Fault], *, keep: bool
) -> Accepted:
    """Accept a comment, or only check whether it could be accepted.

    :raises Invalid: it has faults, and was not accepted before.
    """
    accepted = intakes.accept(core.at(site.name), intake, keep=keep and not faults)
    if accepted.repeated and accepted.fingerprint == intake.fingerprint:
        # It was accepted then; new faults, such as an expired code, do not matter.
        return accepted
    if faults or accepted.faults:
        raise Invalid(*faults, *accepted.faults)
    return accepted


def _repeat(core: Core, site: Site, intake: Intake, accepted: Accepted) -> Submitted:
    if accepted.fingerprint != intake.fingerprint:
        raise KeyReused
    created_at = ids.made_at(accepted.id)
    return _answer(core, site, replace(intake.comment, id=accepted.id, created_at=created_at))


def _note(core: Core, site: Site, draft: CommentDraft) -> None:
    facts.remember(core, site, draft)
    if draft.comment.badge:
        badges.keep(core.at(site.name), looks(draft.comment.name))


def _answer(core: Core, site: Site, comment: Comment) -> Submitted:
    return Submitted(comment, core.signer.receipt(site.name, comment.id))
