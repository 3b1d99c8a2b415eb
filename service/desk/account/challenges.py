"""Challenges for passkeys: signed, so issuing one stores nothing, and each is used once."""

import hmac
from datetime import timedelta

from service.core import Core
from service.domain import moments
from service.signing import Signer
from service.store.accounts import factors

LASTS = timedelta(minutes=5)
# What the clocks of several machines may differ.
SKEW = timedelta(seconds=10)
RANDOM_BYTES, TIME_BYTES, MAC_BYTES = 16, 8, 12


def make(core: Core, purpose: str) -> bytes:
    """Create a challenge for one purpose, valid for five minutes."""
    ends = moments.to_ms(core.now() + LASTS).to_bytes(TIME_BYTES, "big")
    nonce = core.random(RANDOM_BYTES) + ends
    return nonce + _sign(core.signer, purpose, nonce)


def take(core: Core, purpose: str, challenge: bytes) -> bool:
    """Redeem a challenge; return False if it is forged, expired or already used."""
    nonce, signature = challenge[:-MAC_BYTES], challenge[-MAC_BYTES:]
    fits = any(
        hmac.compare_digest(signature, _sign(signer, purpose, nonce))
        for signer in core.signer.generations
    )
    if len(nonce) != RANDOM_BYTES + TIME_BYTES or not fits:
        return False
    ends = moments.from_ms(int.from_bytes(nonce[RANDOM_BYTES:], "big"))
    # One that ends later than a new one was made before the clock was set back: it would outlive
    # the mark that it was used.
    is_current = core.now() <= ends <= core.now() + LASTS + SKEW
    return is_current and factors.spend(core.redis, f"challenge {nonce.hex()}", LASTS + SKEW)


def _sign(signer: Signer, purpose: str, nonce: bytes) -> bytes:
    return signer.derive("challenge", purpose, nonce.hex())[:MAC_BYTES]
