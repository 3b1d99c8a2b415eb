"""Networks: which addresses belong together, from a single address to a provider.

An allowance has to be charged to more than the address that calls: whoever rents a network has all
of its addresses. IPv6 hands every household 2^64 addresses, so that a /64 is what an address is in
IPv4 (RFC 6177 has providers give each customer a /56 or a /48, and a provider gets a /32 or more).
"""

import ipaddress
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Network:
    """A network by its prefix; it may do `breadth` times as much as a single address."""

    name: str
    breadth: int = 1


# Prefix length and breadth, the narrowest first. A wide network has many people, but they are not
# all there in the same minute, so that its breadth grows far more slowly than its size.
LEVELS = {
    4: ((32, 1), (24, 8), (16, 128)),
    6: ((64, 1), (56, 2), (48, 4), (32, 64)),
}
# IPv6 addresses that stand for one of IPv4, which is in their last 32 bits: mapped (RFC 4291,
# 2.5.5.2), compatible (2.5.5.1), translated (RFC 2765), NAT64 (RFC 6052, RFC 8215).
WITH_IPV4_AT_THE_END = tuple(
    map(IPv6Network, ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
)
LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
LAST_32 = (1 << 32) - 1


def narrowest(address: str) -> str:
    """Return the network of a single caller: the IPv4 address, or the /64 of the IPv6 address.

    What is no address of the Internet protocol, such as that of a socket, stays as it is.
    """
    return around(address)[0].name


@lru_cache(maxsize=4096)
def around(address: str) -> tuple[Network, ...]:
    """List the networks around an address, or around such a network, the narrowest first."""
    try:
        caller = _inner(ipaddress.ip_address(address.partition("/")[0].partition("%")[0]))
    except ValueError:
        return (Network(address or UNKNOWN),)
    return tuple(
        Network(_name(caller, length), breadth) for length, breadth in LEVELS[caller.version]
    )


def customer(address: str) -> str:
    """Name the widest network that a provider gives to one customer: an IPv4 address, or a /48."""
    names = [network.name for network in around(address)]
    return names[2] if len(names) == len(LEVELS[6]) else names[0]


def neighbourhood(address: str) -> str:
    """Name the network in which a reader's captcha counts: the /24 of IPv4, the /56 of IPv6.

    Providers give a household a /56 or less, and its devices change their addresses within it;
    mobile and office networks send one reader's calls from neighbouring IPv4 addresses.
    """
    names = [network.name for network in around(address)]
    return names[1] if len(names) > 1 else names[0]


def voters(address: str) -> tuple[str, ...]:
    """Name the networks that votes are counted by: a household's, a neighbourhood's, a provider's.

    A household that has a /56 has 256 networks of a single caller.
    """
    names = [network.name for network in around(address)]
    return tuple(names[-3:])


def _name(caller: IPv4Address | IPv6Address, length: int) -> str:
    if length == caller.max_prefixlen:
        return str(caller)
    return str(ipaddress.ip_network((caller, length), strict=False))


def _inner(caller: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, else the address itself."""
    if isinstance(caller, IPv4Address):
        return caller
    # `::` and `::1` stand for nothing but themselves.
    if any(caller in network for network in WITH_IPV4_AT_THE_END) and int(caller) > 1:
        return IPv4Address(int(caller) & LAST_32)
    if caller in LOCAL_NAT64:
        return _from_local_nat64(int(caller))
    teredo = caller.teredo[1] if caller.teredo else None
    return caller.sixtofour or teredo or caller


def _from_local_nat64(value: int) -> IPv4Address:
    """Find the IPv4 address where RFC 6052 puts it: at the end, or around the octet of zeros."""
    if at_the_end := value & LAST_32:
        return IPv4Address(at_the_end)
    return IPv4Address((value >> 64 & 0xFFFF) << 16 | value >> 40 & 0xFFFF)
