"""The network of an address: where a reader's captcha counts."""

import ipaddress

# Providers give a household a /56 or less, and its devices change their addresses within it; mobile
# and office networks send one reader's calls from neighbouring IPv4 addresses.
PREFIXES = {4: 24, 6: 56}


def network_of(address: str) -> str:
    """Return the network of an address, or of a network that has the host's place cut off.

    What is no address is its own network.
    """
    try:
        host = ipaddress.ip_interface(address).ip
    except ValueError:
        return address
    host = getattr(host, "ipv4_mapped", None) or host
    return str(ipaddress.ip_network((host, PREFIXES[host.version]), strict=False))
