"""The network that a request comes from, before the application has read it."""

from service.domain.network import narrowest
from service.web.door.rsgi import HttpScope, SentHeaders
from service.web.http import proxies


def peer(scope: HttpScope) -> str:
    """Return the address at the other end of the connection."""
    return scope.client.rsplit(":", 1)[0].strip("[]")


def of(peer: str, headers: SentHeaders, trusted_proxies: int) -> str:
    """Return the network of the client, as the last trusted proxy saw it."""
    if trusted_proxies:
        sent = (",".join(headers.get_all(name)) for name in ("x-forwarded-for", "forwarded"))
        hops = proxies.hops_in(*sent)
        if len(hops) >= trusted_proxies:
            return narrowest(hops[-trusted_proxies])
    return narrowest(peer)
