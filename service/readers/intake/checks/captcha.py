"""A writer shows that he is none of the dumb bots: by work, or by a code where work is little."""

import hashlib
import re

from service import captcha as captchas
from service.blocklist import blocked_in
from service.core import Core
from service.domain.errors import Fault
from service.domain.links import LINK, links_in
from service.domain.sentences import Sentence, said
from service.domain.site import CaptchaStrategy, Site
from service.readers.suspicion import Facts, suspicions
from service.store.comments.intakes import Proof
from service.store.people import authors, traffic
from service.store.people.traffic import Kind

LETTERS = re.compile(r"[\W\d_]+")
# "Thank you!" is said by many and means nothing.
SHORTEST = 30
COMPARED = 400
MISSING = said("Please answer the confirmation code.")
FORGED = said("This code was not issued here.")
FOREIGN = said("This code was issued for another site.")
EXPIRED = said("This code is too old; take another one.")
PICTURE = said("One more step, please: copy the code from the picture, then send it again.")


def prove(
    core: Core, site: Site, id_: str, answer: str, facts: Facts | None
) -> tuple[Proof | None, tuple[Fault, ...]]:
    """Look what the answer to a captcha comes to; `facts` decide whether work is enough."""
    if site.captcha is CaptchaStrategy.OFF:
        return None, ()
    if not id_ or not answer.strip():
        return None, _fault("captcha.answer" if id_ else "captcha", "missing", MISSING)
    secret = core.signer.derive("captcha")
    try:
        captcha = captchas.read(secret, id_)
    except captchas.ForgedCaptcha:
        return None, _fault("captcha.id", "unknown", FORGED)
    if not captchas.belongs(secret, captcha, site.name):
        return None, _fault("captcha.id", "unknown", FOREIGN)
    if captcha.expires_at <= core.now():
        return None, _fault("captcha.id", "expired", EXPIRED)
    right = _is_right(secret, captcha, answer)
    proof = Proof(nonce=captcha.nonce, expires_at=captcha.expires_at, right=right)
    is_work = captcha.kind is captchas.Kind.POW
    if right and is_work and facts is not None and suspicions(facts):
        return proof, _fault("captcha", "picture", PICTURE)
    return proof, ()


def gather(core: Core, site: Site, kinds: list[Kind], author: str, text: str) -> Facts | None:
    """Gather what is known before a comment is judged; None where the site does not ask for it."""
    if site.captcha is not CaptchaStrategy.ADAPTIVE:
        return None
    record = core.at(site.name)
    [known] = authors.records(record, [author])
    named = [kind for kind, _ in kinds]
    counted = dict(zip(named, traffic.count(record, kinds), strict=True))
    return Facts(
        from_address=counted.get("address", 0),
        on_thread=counted.get("thread", 0),
        same_words=counted.get("words", 0),
        links=len(links_in(text)),
        is_blocked=bool(blocked_in(text, site.policy.blocked_words)),
        approved=known.approved,
        refused=known.refused,
    )


def kinds(core: Core, site: Site, address: str, thread: str, body: str) -> list[Kind]:
    """Name under what a comment counts: its network, its article, its words."""
    who = core.signer.pseudonym(site.name, "address", address)
    words = _words(body)
    found = [("address", who), ("thread", thread or "none")]
    return [*found, ("words", words)] if words else found


def remember(core: Core, site: Site, counted: list[Kind]) -> None:
    """Count a comment that was taken in, where the site asks for it."""
    if site.captcha is CaptchaStrategy.ADAPTIVE:
        traffic.note(core.at(site.name), counted)


def _words(body: str) -> str:
    # Digits, links, case and punctuation are what a machine changes between two copies.
    letters = LETTERS.sub("", LINK.sub("", body).casefold())[:COMPARED]
    return hashlib.sha256(letters.encode()).hexdigest()[:20] if len(letters) >= SHORTEST else ""


def _is_right(secret: bytes, captcha: captchas.Captcha, answer: str) -> bool:
    if captcha.kind is captchas.Kind.POW:
        return captchas.solved(secret, captcha, answer)
    return captchas.matches(secret, captcha, answer)


def _fault(field: str, code: str, sentence: Sentence) -> tuple[Fault, ...]:
    return (Fault(field, code, sentence),)
