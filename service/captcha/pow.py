"""The `pow` provider: browsers solve a proof of work in ALTCHA's format."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import altcha

from service.captcha.provider import Offer
from service.captcha.seal import seal
from service.captcha.token import POW, Captcha

ALGORITHM = "PBKDF2/SHA-256"
MAX_PAYLOAD = 4096


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a browser has to compute: the rounds of each key, and how a key has to begin."""

    rounds: int
    prefix: str

    @property
    def tries(self) -> int:
        """The keys that are derived on average until one begins with the prefix."""
        return int(16 ** len(self.prefix))


# By level of suspicion: once, twice, four and sixteen times the work. We derive one key to check,
# and none to issue a challenge, so the rounds are what a false proof costs us.
EFFORTS = (Effort(5000, "00"), Effort(10_000, "00"), Effort(20_000, "00"), Effort(5000, "000"))


class WorkProvider:
    """Let the browser work in the background while its reader writes."""

    kind = "pow"
    number = POW
    sources = ("script-src 'self'", "connect-src 'self'")

    def offer(self, secret: bytes, captcha: Captcha) -> Offer:
        """Offer nothing to see: the challenge stands beside every captcha, whatever its kind."""
        return Offer()

    def verify(self, secret: bytes, captcha: Captcha, answer: str) -> bool:
        """Tell whether the answer proves the work."""
        return solved(secret, captcha, answer)


def challenge(secret: bytes, captcha: Captcha, level: int = 0) -> dict[str, Any]:
    """Write a captcha's challenge as an ALTCHA client expects it, ready for JSON.

    `level` is its place in `EFFORTS`. The same captcha may be offered at several levels.
    """
    return _challenge(secret, captcha, level).to_dict()


def solved(secret: bytes, captcha: Captcha, payload: str) -> bool:
    """Tell whether a base64 payload answers a captcha whose answer is the work."""
    return captcha.provider == POW and level_done(secret, captcha, payload) is not None


def level_done(secret: bytes, captcha: Captcha, payload: str) -> int | None:
    """Return the level of the work that a base64 payload proves in time; None if it proves none."""
    if not payload or len(payload) > MAX_PAYLOAD:
        return None
    try:
        claim = altcha.Payload.from_base64(payload)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None
    for level in range(len(EFFORTS)):
        issued = _challenge(secret, captcha, level)
        if claim.challenge.to_dict() == issued.to_dict():
            proof = altcha.Payload(issued, claim.solution)
            is_right = altcha.verify_solution(proof, _signing_key(secret)).verified
            return level if is_right else None
    return None


def _challenge(secret: bytes, captcha: Captcha, level: int) -> altcha.Challenge:
    # altcha.create_challenge draws its own nonce; ours must follow from the captcha, so that
    # nothing is stored between offer and verification.
    draw = seal(secret, f"captcha pow {level}", bytes.fromhex(captcha.nonce))
    parameters = altcha.ChallengeParameters(
        algorithm=ALGORITHM,
        nonce=draw[:16].hex(),
        salt=draw[16:].hex(),
        cost=EFFORTS[level].rounds,
        key_prefix=EFFORTS[level].prefix,
        expires_at=int(captcha.expires_at.timestamp()),
        data={"id": captcha.id},
    )
    return altcha.Challenge(parameters, _signature(secret, parameters.to_dict()))


def _signature(secret: bytes, parameters: dict[str, Any]) -> str:
    # ALTCHA signs the parameters as JSON with sorted keys and no spaces.
    text = json.dumps(parameters, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.digest(_signing_key(secret), text.encode(), hashlib.sha256).hex()


def _signing_key(secret: bytes) -> bytes:
    return seal(secret, "captcha pow signature", b"")
