"""Advise Coral on a comment: pass it, hold it, reject it, and flag it with why."""

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
from service.scoring import Scores

SCHEME = "sha256="
MOST_SIGNATURES = 8
TOXIC, SPAM = "COMMENT_DETECTED_TOXIC", "COMMENT_DETECTED_SPAM"
# Held for a person; with a flag Coral shows why, without one it only waits for somebody.
STATUSES = {Outcome.HOLD: "SYSTEM_WITHHELD", Outcome.REJECT: "REJECTED"}
WAITS = {"status": "PREMOD"}


def signer(analyst: Analyst, body: bytes, header: str) -> ApiKey:
    """Tell by its signature whose request it is; while a secret rolls there are two of each.

    :raises KeyRefused: no key of ours has signed it.
    """
    parts = [part.strip() for part in header.split(",")[:MOST_SIGNATURES]]
    signatures = [part.removeprefix(SCHEME).lower() for part in parts if part.startswith(SCHEME)]
    key = _signing_key(analyst.keyring.signers(), body, signatures)
    if key is None and signatures and analyst.keyring.look_again():
        # A key that has just been made is tried at once.
        key = _signing_key(analyst.keyring.signers(), body, signatures)
    if key is None:
        raise KeyRefused
    return key


def _signing_key(keys: Iterable[ApiKey], body: bytes, signatures: Sequence[str]) -> ApiKey | None:
    shown = [signature.encode("utf-8", "replace") for signature in signatures]
    for key in keys if shown else ():
        for secret in key.secrets:
            wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()
            if any(hmac.compare_digest(signature, wanted) for signature in shown):
                return key
    return None


def answer(analyst: Analyst, key: ApiKey, text: str) -> Mapping[str, Any]:
    """Say what to do with a comment; nothing, if it may pass.

    Coral publishes what it gets an error for, so a comment without a score waits for a person.
    """
    read = plain(text)
    if not read.strip():
        return {}
    return instruct(advise(analyst.keyring.policy(key), _scores(analyst, key, read)))


def instruct(verdict: Verdict) -> dict[str, Any]:
    """Put a verdict into Coral's words; nothing, where it approves."""
    if verdict.outcome is Outcome.APPROVE:
        return {}
    flags = {_flag(opinion.reason) for opinion in verdict.opinions if not opinion.lacks_score}
    if not flags:
        return dict(WAITS)
    actions = [{"actionType": "FLAG", "reason": flag} for flag in sorted(flags)]
    return {"status": STATUSES[verdict.outcome], "actions": actions}


def _scores(analyst: Analyst, key: ApiKey, text: str) -> Scores:
    try:
        return analyst.scorers.of(key.site).score([text])[0]
    except NotScored:
        return {}


def _flag(code: str) -> str:
    return SPAM if code == reason.scored(Attribute.SPAM) else TOXIC
