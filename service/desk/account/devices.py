"""Devices: one on which somebody has signed in before is known again, and has its own allowance.

Whoever tries passwords from the same network, or knows the name, cannot use that allowance up
(OWASP calls the token a device cookie).
"""

import hmac
import secrets
from dataclasses import dataclass

from service.core import Core
from service.store.accounts.sessions import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where a request comes from: network, name of the device, and the token it kept before."""

    address: str
    device: str = ""
    known: str = ""


def new_token(core: Core, moderator: str) -> str:
    """Make the token by which a device is known again for this account."""
    return _token(core, moderator, secrets.token_urlsafe(9))


def caller_of(core: Core, moderator: str, visit: Visit) -> str:
    """Name whose allowance a try is taken from: the known device's, else the network's."""
    nonce, _, _ = visit.known.partition(".")
    expected = _token(core, moderator, nonce).encode()
    if nonce and hmac.compare_digest(visit.known.encode(), expected):
        return f"device-{digest(visit.known)}"
    return core.signer.pseudonym("", "address", visit.address)


def _token(core: Core, moderator: str, nonce: str) -> str:
    return f"{nonce}.{core.signer.mac(nonce, 'device', moderator)}"
