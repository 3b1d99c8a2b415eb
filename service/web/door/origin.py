"""The network that a request comes from, before the application has read it."""

from service.web.door.rsgi import HttpScope, SentHeaders
from service.web.http import network


def peer(scope: HttpScope) -> str:
    """Return the address at the other end of the connection."""
    return scope.client.rsplit(":", 1)[0].strip("[]")


def of(peer: str, headers: SentHeaders, trusted_proxies: int) -> str:
    """Return the network of the client, as the last trusted proxy saw it."""
    if trusted_proxies:
        forwarded = ",".join(headers.get_all("x-forwarded-for")).split(",")
        if len(forwarded) >= trusted_proxies:
            return network.of(forwarded[-trusted_proxies].strip())
    return network.of(peer)
