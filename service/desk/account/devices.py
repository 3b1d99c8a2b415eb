"""Known devices: a device that has signed in before has its own allowance of tries.

Somebody who guesses passwords from the same network, or knows the name, cannot use that allowance
up (OWASP calls the token a device cookie).
"""

import hmac
import secrets
from dataclasses import dataclass

from service.core import Core
from service.store.accounts.sessions import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The origin of a request: network, device name, and the device's earlier token."""

    address: str
    device: str = ""
    known: str = ""


def new_token(core: Core, moderator: str) -> str:
    """Create the token that identifies a device for this account."""
    return _token(core, moderator, secrets.token_urlsafe(9))


def caller_of(core: Core, moderator: str, visit: Visit) -> str:
    """Return whose allowance a try is charged to: the known device's, else the network's."""
    nonce, _, _ = visit.known.partition(".")
    expected = _token(core, moderator, nonce).encode()
    if nonce and hmac.compare_digest(visit.known.encode(), expected):
        return f"device-{digest(visit.known)}"
    return core.signer.pseudonym("", "address", visit.address)


def _token(core: Core, moderator: str, nonce: str) -> str:
    return f"{nonce}.{core.signer.mac(nonce, 'device', moderator)}"
