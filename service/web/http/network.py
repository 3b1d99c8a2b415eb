"""Whose request it is, as far as an address tells: an IPv4 address, or the /64 of an IPv6 one."""

import ipaddress
from functools import lru_cache

UNKNOWN = "unknown"


@lru_cache(maxsize=4096)
def of(address: str) -> str:
    """Return the network of an address, "unknown" if it is none."""
    try:
        caller = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    mapped = getattr(caller, "ipv4_mapped", None)
    if mapped or caller.version == 4:
        return str(mapped or caller)
    return str(ipaddress.ip_network((caller, 64), strict=False))
