"""Check of the captcha: the answer, and work that rises with what is suspicious."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from service.captcha import POW, Captcha, ForgedCaptcha, belongs, is_near, level_done, read
from service.captcha.strategies import STRATEGIES, provider_of
from service.core import Core
from service.domain.comment import Doubt
from service.domain.errors import Fault
from service.domain.network import neighbourhood
from service.domain.sentences import said
from service.domain.site import CaptchaStrategy, Site
from service.readers import standing
from service.readers.intake import facts
from service.readers.intake.draft import CommentDraft
from service.readers.suspicion import HIGHEST, Suspicion, effort, is_settled, suspicions
from service.store.comments.intakes import Proof

MISSING = said("Please answer the confirmation code.")
FORGED = said("This code was not issued here.")
FOREIGN = said("This code was issued for another site.")
EXPIRED = said("This code is too old; take another one.")
MOVED = said("Your connection has changed; please copy this new code.")
WORK = said("Your browser has to work a little longer. Please send it again in a moment.")
PICTURE = said("One more step, please: copy the code from the picture, then send it again.")
# Codes without work from one address in ten minutes that raise no doubt.
BARE = 5


def check_captcha(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Verify the answer to the captcha and put the proof into the draft.

    The store refuses a wrong answer or a redeemed captcha itself, because it counts the tries.
    """
    if site.captcha is CaptchaStrategy.OFF:
        return []
    id_, answer = draft.sent.captcha_id, draft.sent.captcha_answer
    if not id_ or not answer.strip():
        return [Fault("captcha.answer" if id_ else "captcha", "missing", MISSING)]
    secret = core.signer.derive("captcha")
    try:
        captcha = read(secret, id_)
        provider = provider_of(captcha)
    except ForgedCaptcha:
        return [Fault("captcha.id", "unknown", FORGED)]
    if not belongs(secret, captcha, site.name):
        return [Fault("captcha.id", "unknown", FOREIGN)]
    if captcha.expires_at <= core.now():
        return [Fault("captcha.id", "expired", EXPIRED)]
    if not is_near(secret, captcha, neighbourhood(draft.sent.address)):
        return [Fault("captcha.id", "moved", MOVED)]
    is_right = provider.verify(secret, captcha, answer)
    draft.proof = Proof(nonce=captcha.nonce, expires_at=captcha.expires_at, right=is_right)
    return _weigh(core, site, draft, captcha) if is_right else []


def _weigh(core: Core, site: Site, draft: CommentDraft, captcha: Captcha) -> Sequence[Fault]:
    """Compare the work with what is suspicious about the draft."""
    found = facts.gather(core, site, draft, _age(core, site, captcha))
    signs, done = suspicions(found), _level_done(core, site, draft, captcha)
    if Suspicion.TRAP in signs:
        _doubt(draft, Doubt.TRAP)
    if done is None:
        _take_bare(site, draft, signs, found.bare)
        return []
    needed = effort(signs)
    spared = 1 if is_settled(found, core.now()) else 0
    wants_code = site.captcha is CaptchaStrategy.ADAPTIVE and bool(signs)
    fault = None
    if wants_code and _is_silent(site, captcha):
        fault = Fault("captcha", "picture", PICTURE)
    elif done < needed - spared:
        fault = Fault("captcha", "work", WORK)
    if fault is None:
        return []
    standing.note_doubt(core, site, draft.sent.address, needed)
    return [fault]


def _level_done(core: Core, site: Site, draft: CommentDraft, captcha: Captcha) -> int | None:
    """Return the level of the work that was done, None without any."""
    is_silent = _is_silent(site, captcha)
    if is_silent and captcha.provider != POW:
        # The newsroom's own silent provider was satisfied, and has no levels.
        return HIGHEST
    payload = draft.sent.captcha_answer if is_silent else draft.sent.captcha_work
    return level_done(core.signer.derive("captcha"), captcha, payload)


def _age(core: Core, site: Site, captcha: Captcha) -> timedelta:
    """Return how long ago a code was issued; only what has to be typed takes a person time."""
    return timedelta.max if _is_silent(site, captcha) else core.now() - captcha.issued_at


def _is_silent(site: Site, captcha: Captcha) -> bool:
    silent = STRATEGIES[site.captcha].silent
    return silent is not None and captcha.provider == silent.number


def _take_bare(site: Site, draft: CommentDraft, signs: Collection[Suspicion], earlier: int) -> None:
    """Take a code without work; a person reads the comment if anything is suspicious.

    So it is always where the site prefers work, or else suspicion would cost a program nothing.
    """
    draft.is_bare = True
    if signs or earlier >= BARE or STRATEGIES[site.captcha].silent:
        _doubt(draft, Doubt.NO_WORK)
    if Suspicion.HASTE in signs:
        _doubt(draft, Doubt.HASTE)


def _doubt(draft: CommentDraft, doubt: Doubt) -> None:
    draft.comment = replace(draft.comment, doubts=(*draft.comment.doubts, doubt))
