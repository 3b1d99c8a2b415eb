"""A reader writes a comment: check it, keep it, call a worker."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment
from service.domain.errors import Invalid, KeyReused, MayBeHeld, TooMany
from service.domain.names import looks
from service.domain.site import Site
from service.domain.submission import Submission
from service.readers.intake.checks import captcha
from service.readers.intake.draft import Prepared, digest, prepare
from service.store.comments import intakes
from service.store.comments.intakes import Accepted
from service.store.people import allowances, badges

__all__ = ["Foresee", "Submission", "Submitted", "submit"]

# Tells whether a text would be held for its tone.
Foresee = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A comment that is kept, and the receipt that proves who wrote it."""

    comment: Comment
    receipt: str


def submit(
    core: Core, site: Site, submission: Submission, foresee: Foresee | None = None
) -> Submitted:
    """Keep a reader's comment and call a worker; the same idempotency key gives the same answer.

    With `foresee` the writer of what would be held is asked first whether to rephrase it.

    :raises Invalid: every faulty field, at once; nothing is kept.
    :raises MayBeHeld: it would be held for its tone; nothing is kept or used up.
    :raises TooMany: this address has used up its allowance.
    :raises KeyReused: the idempotency key belongs to another comment, or to another author.
    """
    _admit(core, site, submission)
    prepared = prepare(core, site, submission)
    asks = foresee is not None and not submission.insist
    accepted = _accept(core, site, prepared, keep=not asks)
    if asks and foresee is not None and not accepted.repeated:
        if foresee(prepared.intake.comment.body):
            raise MayBeHeld
        accepted = _accept(core, site, prepared, keep=True)
    if accepted.repeated:
        return _repeat(core, site, prepared, accepted)
    _note(core, site, prepared)
    if accepted.ring:
        core.ring(site.name)
    return _answer(core, site, prepared.intake.comment)


def _accept(core: Core, site: Site, prepared: Prepared, *, keep: bool) -> Accepted:
    """Take a comment in, or only look whether it could be.

    :raises Invalid: it has faults, and was not taken in before.
    """
    keep = keep and not prepared.faults
    accepted = intakes.accept(core.at(site.name), prepared.intake, keep=keep)
    if accepted.repeated and accepted.fingerprint == prepared.intake.fingerprint:
        # It was kept then, whatever may be wrong with sending it now: a code that is too old.
        return accepted
    if faults := (*prepared.faults, *accepted.faults):
        raise Invalid(*faults)
    return accepted


def _note(core: Core, site: Site, prepared: Prepared) -> None:
    captcha.remember(core, site, prepared.kinds)
    if prepared.intake.comment.badge:
        badges.keep(core.at(site.name), looks(prepared.intake.comment.name))


def _admit(core: Core, site: Site, sent: Submission) -> None:
    """Take a comment off the allowance of its address; what is only sent again waits for nothing.

    :raises TooMany: the allowance is used up.
    """
    try:
        _take_allowance(core, site, sent)
    except TooMany:
        key = sent.idempotency and digest(sent.idempotency)
        if not key or not intakes.is_known(core.at(site.name), key):
            raise


def _take_allowance(core: Core, site: Site, sent: Submission) -> None:
    if not site.policy.comments_per_minute or sent.trusted:
        return
    who = core.signer.pseudonym(site.name, "address", sent.address)
    rate = allowances.Rate(site.policy.comments_per_minute, burst=10)
    key = core.at(site.name).keys.allowance("comment", who)
    allowances.take(core.redis, key, rate, now=core.now())


def _repeat(core: Core, site: Site, prepared: Prepared, accepted: Accepted) -> Submitted:
    if accepted.fingerprint != prepared.intake.fingerprint:
        raise KeyReused
    comment = prepared.intake.comment
    first = replace(comment, id=accepted.id, created_at=ids.made_at(accepted.id))
    return _answer(core, site, first)


def _answer(core: Core, site: Site, comment: Comment) -> Submitted:
    return Submitted(comment, core.signer.receipt(site.name, comment.id))
