"""Callers' networks: their pseudonyms, and the allowances that every call is charged to.

Addresses are stored only as keyed hashes. An allowance is charged to the address and to the wider
networks around it (`service.domain.network`).
"""

from service.core import Core
from service.domain import network
from service.domain.network import around, narrowest
from service.store import keys
from service.store.people import allowances
from service.store.people.allowances import Payer, Rate

# Among the networks that vote on one comment, 48 bits tell all apart.
SHORT = 8


def pseudonym(core: Core, site: str, address: str) -> str:
    """Return the pseudonym of a caller's network; on another site it has another one."""
    return core.signer.pseudonym(site, "address", narrowest(address))


def customer(core: Core, site: str, address: str) -> str:
    """Return the pseudonym of the widest network that a provider gives to one customer."""
    return core.signer.pseudonym(site, "address", network.customer(address))


def voters(core: Core, site: str, target: str, address: str) -> list[str]:
    """Return the pseudonyms of the networks by which votes are counted, for one comment alone."""
    return [
        core.signer.pseudonym(site, "voters", f"{target}\n{name}")[:SHORT]
        for name in network.voters(address)
    ]


def payers(core: Core, site: str, address: str) -> list[Payer]:
    """List an address and the networks around it by pseudonym, the narrowest first."""
    return [
        Payer(core.signer.pseudonym(site, "address", network.name), network.breadth)
        for network in around(address)
    ]


def charge(core: Core, site: str, what: str, rate: Rate, address: str) -> None:
    """Charge one use to an address and the networks around it, on one site.

    :raises TooMany: one of them has used up its allowance.
    """
    place = core.at(site).keys.allowance(what, "")
    allowances.take(core.redis, place, payers(core, site, address), rate, now=core.now())


def charge_everywhere(core: Core, what: str, rate: Rate, address: str) -> None:
    """Charge one use that belongs to no site to an address and the networks around it.

    :raises TooMany: one of them has used up its allowance.
    """
    paying = payers(core, "", address)
    # One script takes from all of them, so that they must share a slot of a Cluster.
    place = keys.allowance(what, paying[-1].who, "")
    allowances.take(core.redis, place, paying, rate, now=core.now())


def charge_alone(core: Core, what: str, rate: Rate, who: str) -> None:
    """Charge one use to somebody who is not known by an address, such as a device.

    :raises TooMany: they have used up their allowance.
    """
    place = keys.allowance(what, who, "")
    allowances.take(core.redis, place, [Payer(who)], rate, now=core.now())
