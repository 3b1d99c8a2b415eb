"""Secrets of authenticator apps: derived from the installation's secret, never stored.

The store has a random number, from which the secret follows. An app keeps its secret for years, so
after a rotation it is sealed instead: the store then has it combined with a one-time pad that
follows from the present secret.
"""

import base64
import re
from dataclasses import dataclass

from service.core import Core
from service.signing import Signer

BYTES = 20
NONCE_BYTES = 12
NONCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
SEALED = re.compile(r"([A-Za-z0-9_-]{16})\.([A-Za-z0-9_=-]{28})")


@dataclass(frozen=True, slots=True)
class AppSecret:
    """An app's secret in base32, and whether it follows from the installation's present secret."""

    text: str
    is_present: bool


def new_nonce(core: Core) -> str:
    """Draw the random number of a new secret."""
    return base64.urlsafe_b64encode(core.random(NONCE_BYTES)).decode()


def possible(core: Core, name: str, stored: str) -> list[AppSecret]:
    """Return what an account's stored value may stand for: one secret for each of ours."""
    return [
        AppSecret(base64.b32encode(_secret(signer, name, stored)).decode(), number == 0)
        for number, signer in enumerate(core.signer.generations)
    ]


def seal(core: Core, name: str, secret: AppSecret) -> str:
    """Return the value to store so that a secret follows from the installation's present one."""
    nonce = new_nonce(core)
    sealed = _combine(base64.b32decode(secret.text), _pad(core.signer, name, nonce))
    return f"{nonce}.{base64.urlsafe_b64encode(sealed).decode()}"


def _secret(signer: Signer, name: str, stored: str) -> bytes:
    if match := SEALED.fullmatch(stored):
        nonce, sealed = match.groups()
        return _combine(base64.urlsafe_b64decode(sealed), _pad(signer, name, nonce))
    return signer.derive("totp", name, stored)[:BYTES]


def _pad(signer: Signer, name: str, nonce: str) -> bytes:
    return signer.derive("totp seal", name, nonce)[:BYTES]


def _combine(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
