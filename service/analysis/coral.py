"""Advice for Coral: pass, hold or reject a comment, with flags for the reasons."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.analysis.advice import advise
from service.analysis.analyst import Analyst
from service.analysis.markup import plain
from service.domain import reason
from service.domain.attribute import Attribute
from service.domain.errors import KeyRefused, NotScored
from service.domain.key import ApiKey
from service.domain.verdict import Outcome, Verdict
from service.scoring import UNREAD, ScoredText

SCHEME = "sha256="
MOST_SIGNATURES = 8
TOXIC, SPAM = "COMMENT_DETECTED_TOXIC", "COMMENT_DETECTED_SPAM"
# Held for a person: with a flag Coral shows the reason, without one the comment only waits.
STATUSES = {Outcome.HOLD: "SYSTEM_WITHHELD", Outcome.REJECT: "REJECTED"}
WAITS = {"status": "PREMOD"}


def signer(analyst: Analyst, body: bytes, header: str) -> ApiKey:
    """Return the key that signed a request; during a rotation there are two secrets and signatures.

    :raises KeyRefused: none of our keys has signed it.
    """
    parts = [part.strip() for part in header.split(",")[:MOST_SIGNATURES]]
    signatures = [part.removeprefix(SCHEME).lower() for part in parts if part.startswith(SCHEME)]
    key = _signing_key(analyst.keyring.signers(), body, signatures)
    if key is None and signatures and analyst.keyring.look_again():
        # The key may have been created a moment ago.
        key = _signing_key(analyst.keyring.signers(), body, signatures)
    if key is None:
        raise KeyRefused
    return key


def _signing_key(keys: Iterable[ApiKey], body: bytes, signatures: Sequence[str]) -> ApiKey | None:
    shown = [signature.encode("utf-8", "replace") for signature in signatures]
    for key in keys if shown else ():
        for secret in key.secrets:
            expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()
            if any(hmac.compare_digest(signature, expected) for signature in shown):
                return key
    return None


def answer(analyst: Analyst, key: ApiKey, text: str, story: str = "") -> Mapping[str, Any]:
    """Return Coral's instructions for a comment, empty if it may pass.

    Links to the host of its story are no sign of spam.

    On an error Coral publishes the comment, so a comment without a score waits for a person.
    """
    words = plain(text)
    if not words.strip():
        return {}
    return instruct(advise(analyst.keyring.policy(key), _read(analyst, key, words, story)))


def instruct(verdict: Verdict) -> dict[str, Any]:
    """Translate a verdict into Coral's instructions, empty if it approves."""
    if verdict.outcome is Outcome.APPROVE:
        return {}
    flags = {_flag(opinion.reason) for opinion in verdict.opinions if not opinion.lacks_score}
    if not flags:
        return dict(WAITS)
    actions = [{"actionType": "FLAG", "reason": flag} for flag in sorted(flags)]
    return {"status": STATUSES[verdict.outcome], "actions": actions}


def _read(analyst: Analyst, key: ApiKey, text: str, story: str) -> ScoredText:
    try:
        return analyst.scorer(key, story).read([text])[0]
    except NotScored:
        return UNREAD


def _flag(code: str) -> str:
    return SPAM if code == reason.scored(Attribute.SPAM) else TOXIC
