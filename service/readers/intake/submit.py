"""Submission of a comment: check it, store it and ring for a worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service import networks
from service.core import Core
from service.domain import ids
from service.domain.comment import Comment
from service.domain.errors import Fault, Invalid, KeyReused, MayBeHeld, TooMany
from service.domain.names import looks
from service.domain.site import Site
from service.domain.submission import Submission
from service.readers.intake import facts
from service.readers.intake.checks import CHECKS, TRUSTED_CHECKS
from service.readers.intake.draft import CommentDraft, intake_of, prepare
from service.store.comments import intakes
from service.store.comments.intakes import Accepted, Intake
from service.store.people import allowances, badges
from service.store.people.allowances import Payer, Rate

# Tells whether a text would be held for its tone, or as spam.
Foresee = Callable[[str], bool]
BURST = 10
REPEATS = Rate(per_minute=30, burst=30)
# A code lasts for minutes: within them it buys two questions.
QUESTIONS_OF_CODE = Rate(per_minute=0.01, burst=2)
QUESTIONS = Rate(per_minute=1, burst=6)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored comment, and the receipt that proves who wrote it.

    `repeated` tells that it was stored before, by a call with the same idempotency key.
    """

    comment: Comment
    receipt: str
    repeated: bool = False


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
        if _may_ask(core, site, draft) and would_be_held(intake.comment.body):
            raise MayBeHeld
        accepted = _accept(core, site, intake, faults, keep=True)
    if accepted.repeated:
        return _repeat(core, site, intake, accepted)
    _note(core, site, draft)
    if accepted.ring:
        core.ring(site.name)
    return _answer(core, site, intake.comment)


def _admit(core: Core, site: Site, sent: Submission) -> None:
    """Charge a comment to the allowance of its address and the networks around it.

    A comment that was stored before is answered from an allowance of its own: somebody whose
    answer was lost must get it, but an idempotency key is no way past the allowance.

    :raises TooMany: the allowance is used up.
    """
    if not site.policy.comments_per_minute:
        return
    rate = Rate(site.policy.comments_per_minute, burst=BURST)
    try:
        networks.charge(core, site.name, "comment", rate, sent.address)
    except TooMany:
        if not sent.idempotency or not _is_stored(core, site, sent):
            raise
        networks.charge(core, site.name, "repeat", REPEATS, sent.address)


def _is_stored(core: Core, site: Site, sent: Submission) -> bool:
    """Return whether this very comment was stored with its idempotency key."""
    intake = intake_of(site, prepare(core, site, sent))
    stored = intakes.fingerprint_of(core.at(site.name), intake.idempotency)
    return stored == intake.fingerprint


def _may_ask(core: Core, site: Site, draft: CommentDraft) -> bool:
    """Charge one question whether to rephrase to the code and to the address.

    The answer tells what the classifier thinks of a text, and uses no code up. After a few of them
    comments are stored without the question.
    """
    try:
        if draft.proof:
            place = core.at(site.name).keys.allowance("nudge", "")
            code = [Payer(draft.proof.nonce)]
            allowances.take(core.redis, place, code, QUESTIONS_OF_CODE, now=core.now())
        networks.charge(core, site.name, "nudge", QUESTIONS, draft.sent.address)
    except TooMany:
        return False
    return True


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
    stored = replace(intake.comment, id=accepted.id, created_at=created_at)
    return replace(_answer(core, site, stored), repeated=True)


def _note(core: Core, site: Site, draft: CommentDraft) -> None:
    facts.remember(core, site, draft)
    if draft.comment.badge:
        badges.keep(core.at(site.name), looks(draft.comment.name))


def _answer(core: Core, site: Site, comment: Comment) -> Submitted:
    # The network's pseudonym belongs to the id in the draft, which a repeat does not have.
    return Submitted(replace(comment, network=""), core.signer.receipt(site.name, comment.id))
