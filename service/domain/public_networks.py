"""Networks of the public internet: where a call that a stranger may choose is allowed to go.

The table follows IANA's registries of special-purpose addresses (RFC 6890) rather than
`ipaddress.is_global`, whose answers differ between versions of Python, and which calls site-local
and IPv4-compatible addresses public.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

SPECIAL_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this host, RFC 791
            "10.0.0.0/8",  # private, RFC 1918
            "100.64.0.0/10",  # behind a provider's NAT, RFC 6598
            "127.0.0.0/8",  # loopback, RFC 1122
            "168.63.129.16/32",  # not in the registry: Azure's host as its guests see it
            "169.254.0.0/16",  # link-local, and clouds' metadata, RFC 3927
            "172.16.0.0/12",  # private, RFC 1918
            "192.0.0.0/24",  # protocol assignments and Oracle's metadata, RFC 6890
            "192.0.2.0/24",  # documentation, RFC 5737
            "192.88.99.0/24",  # 6to4 relays, RFC 7526
            "192.168.0.0/16",  # private, RFC 1918
            "198.18.0.0/15",  # benchmarks, RFC 2544
            "198.51.100.0/24",  # documentation, RFC 5737
            "203.0.113.0/24",  # documentation, RFC 5737
            "224.0.0.0/4",  # multicast, RFC 5771
            "240.0.0.0/4",  # reserved, and broadcast, RFC 1112
        ),
    )
)
# Whatever IANA has not given out for unicast is not public: loopback, IPv4-compatible, unique and
# site local, link-local, multicast, discard, segment routing …
UNICAST_V6 = ip_network("2000::/3")  # RFC 4291, 2.4
SPECIAL_V6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks, RFC 2928
            "2001:db8::/32",  # documentation, RFC 3849
            "2002::/16",  # 6to4: reaches any IPv4 address, RFC 3056, discouraged by RFC 7526
            "3fff::/20",  # documentation, RFC 9637
        ),
    )
)
# Translated to the IPv4 address in the last 32 bits, which is what counts.
TRANSLATED = (
    ip_network("::ffff:0:0/96"),  # IPv4-mapped, RFC 4291, 2.5.5.2
    ip_network("64:ff9b::/96"),  # NAT64 and DNS64, RFC 6052
)


def is_public(text: str) -> bool:
    """Tell whether an IP address is an ordinary one of the internet.

    :raises ValueError: this is not an IP address.
    """
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and any(address in network for network in TRANSLATED):
        address = IPv4Address(address.packed[-4:])
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_V4)
    return address in UNICAST_V6 and not any(address in network for network in SPECIAL_V6)
