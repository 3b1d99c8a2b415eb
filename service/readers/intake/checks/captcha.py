"""Check of the captcha: silent work is enough unless the submission is suspicious."""

from collections.abc import Sequence

from service.captcha import Captcha, ForgedCaptcha, Provider, belongs, read
from service.captcha.strategies import STRATEGIES, provider_of
from service.core import Core
from service.domain.errors import Fault
from service.domain.sentences import said
from service.domain.site import CaptchaStrategy, Site
from service.readers.intake import facts
from service.readers.intake.draft import CommentDraft
from service.readers.suspicion import suspicions
from service.store.comments.intakes import Proof

MISSING = said("Please answer the confirmation code.")
FORGED = said("This code was not issued here.")
FOREIGN = said("This code was issued for another site.")
EXPIRED = said("This code is too old; take another one.")
PICTURE = said("One more step, please: copy the code from the picture, then send it again.")


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
    draft.proof = _prove(secret, captcha, provider, answer)
    if draft.proof.right and _is_too_little(core, site, draft, provider):
        return [Fault("captcha", "picture", PICTURE)]
    return []


def _prove(secret: bytes, captcha: Captcha, provider: Provider, answer: str) -> Proof:
    is_right = provider.verify(secret, captcha, answer)
    return Proof(nonce=captcha.nonce, expires_at=captcha.expires_at, right=is_right)


def _is_too_little(core: Core, site: Site, draft: CommentDraft, provider: Provider) -> bool:
    """Tell whether silent work is not enough because the draft is suspicious."""
    is_silent = provider is STRATEGIES[site.captcha].silent
    is_adaptive = site.captcha is CaptchaStrategy.ADAPTIVE and is_silent
    return is_adaptive and bool(suspicions(facts.gather(core, site, draft)))
