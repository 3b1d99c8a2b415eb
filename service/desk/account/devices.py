"""Known devices: a device that has signed in before has its own allowance of tries.

Somebody who guesses passwords from the same network, or knows the name, cannot use that allowance
up (OWASP calls the token a device cookie).
"""

import secrets
from dataclasses import dataclass

from service import networks
from service.core import Core
from service.store.accounts.sessions import digest
from service.store.people.allowances import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The origin of a request: network, device name, and the device's earlier token."""

    address: str
    device: str = ""
    known: str = ""


def new_token(core: Core, moderator: str) -> str:
    """Create the token that identifies a device for this account."""
    nonce = secrets.token_urlsafe(9)
    return f"{nonce}.{core.signer.mac(nonce, 'device', moderator)}"


def charge(core: Core, what: str, rate: Rate, moderator: str, visit: Visit) -> None:
    """Charge a try to the known device, else to the address and the networks around it.

    :raises TooMany: the allowance is used up.
    """
    nonce, _, signature = visit.known.partition(".")
    if nonce and core.signer.is_mac(signature, nonce, "device", moderator):
        networks.charge_alone(core, what, rate, f"device-{digest(visit.known)}")
    else:
        networks.charge_everywhere(core, what, rate, visit.address)
