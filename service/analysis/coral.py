"""Advise Coral on a comment: pass it, hold it, reject it, and flag it with why."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.analysis import verdicts
from service.analysis.analyst import Analyst
from service.analysis.markup import plain
from service.analysis.verdicts import Advice
from service.domain.attribute import Attribute
from service.domain.errors import KeyRefused, NotScored
from service.domain.key import ApiKey
from service.domain.verdict import Outcome

SCHEME = "sha256="
MOST_SIGNATURES = 8
TOXIC, SPAMMY = "COMMENT_DETECTED_TOXIC", "COMMENT_DETECTED_SPAM"
# Held for a person; with a flag Coral shows why, without one it only waits for somebody.
STATUSES = {Outcome.HOLD: "SYSTEM_WITHHELD", Outcome.REJECT: "REJECTED"}
WAITS = {"status": "PREMOD"}


def signer(analyst: Analyst, body: bytes, header: str) -> ApiKey:
    """Tell by its signature whose request it is; while a secret rolls there are two of each.

    :raises KeyRefused: nobody whom we know has signed it.
    """
    given = [one.strip() for one in header.split(",")[:MOST_SIGNATURES]]
    shown = [one.removeprefix(SCHEME).lower() for one in given if one.startswith(SCHEME)]
    found = _signed(analyst.keyring.signers(), body, shown)
    if found is None and shown and analyst.keyring.look_again():
        # Whoever has just made a key tries it at once.
        found = _signed(analyst.keyring.signers(), body, shown)
    if found is None:
        raise KeyRefused
    return found


def _signed(keys: Iterable[ApiKey], body: bytes, shown: Sequence[str]) -> ApiKey | None:
    for key in keys if shown else ():
        for secret in key.secrets:
            wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()
            if any(hmac.compare_digest(one.encode("utf-8", "replace"), wanted) for one in shown):
                return key
    return None


def answer(analyst: Analyst, key: ApiKey, text: str) -> Mapping[str, Any]:
    """Say what to do with a comment; nothing, if it may pass.

    Coral publishes what it gets an error for, so whatever has no score waits for a person.
    """
    read = plain(text)
    if not read.strip():
        return {}
    return _told(_advice(analyst, key, read))


def _advice(analyst: Analyst, key: ApiKey, text: str) -> Advice:
    try:
        scores = analyst.scorers.of(key.site).score([text])[0]
        return verdicts.advise(analyst.keyring.policy(key), scores)
    except NotScored:
        return Advice(Outcome.HOLD)


def _told(advice: Advice) -> dict[str, Any]:
    if advice.outcome is Outcome.APPROVE:
        return {}
    if not advice.attributes:
        return dict(WAITS)
    reasons = {SPAMMY if name == Attribute.SPAM else TOXIC for name in advice.attributes}
    flags = [{"actionType": "FLAG", "reason": reason} for reason in sorted(reasons)]
    return {"status": STATUSES[advice.outcome], "actions": flags}
