"""Who calls, on which site: what every view asks first."""

import ipaddress

from flask import current_app, g, request

from service.core import Core
from service.domain.site import Site


def core() -> Core:
    """Give what this process was built with."""
    built: Core = current_app.extensions["folkmoot"]
    return built


def site() -> Site:
    """Give the site that the address names.

    :raises SiteNotFound: there is none by that name.
    """
    if "site" not in g:
        g.site = core().sites.get((request.view_args or {})["site"])
    found: Site = g.site
    return found


def reader() -> str | None:
    """Give the pseudonym of the reader whose token the call carries, None without a good one."""
    token = request.headers.get("Folkmoot-Reader", "")
    return core().signer.reader(site().name, token) if token else None


def receipt() -> str:
    """Give the receipt that the call carries, or ""."""
    return request.headers.get("Folkmoot-Receipt", "")


def address() -> str:
    """Give the caller's network: his IPv4 address, or the /64 of his IPv6 address."""
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped or found.version == 4:
        return str(mapped or found)
    return str(ipaddress.ip_network((found, 64), strict=False))
