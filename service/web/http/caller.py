"""Who calls, on which site: what every view asks first."""

import ipaddress
from typing import cast

from flask import current_app, g, request

from service.analysis.analyst import Analyst
from service.core import Core
from service.domain.key import ApiKey, Scope
from service.domain.site import Site
from service.readers.nudge import Foresight


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
    return cast("Site", g.site)


def analyst() -> Analyst:
    """Give what scores texts in this process, with the keyring and the meter."""
    built: Analyst = current_app.extensions["folkmoot.analyst"]
    return built


def foresight() -> Foresight:
    """Give what foresees whether a text would be held."""
    built: Foresight = current_app.extensions["folkmoot.foresight"]
    return built


def is_trusted() -> bool:
    """Tell whether the newsroom itself calls: by a key of scope `manage`.

    :raises KeyRefused: there is a key, and it is none of ours.
    :raises ScopeMissing: it is good for something else, or for another site.
    """
    return recognise(Scope.MANAGE) is not None


def recognise(scope: Scope) -> ApiKey | None:
    """Give the key that the call carries, None where it carries none; the use is charged.

    :raises KeyRefused: there is a key, and it is none of ours.
    :raises ScopeMissing: it is good for something else, or for another site.
    :raises TooMany: its quota is used up for the moment.
    """
    return needs(scope, site().name) if bearer() else None


def bearer() -> str:
    """Give the API key that the call carries as `Authorization: Bearer KEY`, or ""."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def admit(token: str, count: int = 1) -> ApiKey:
    """Let a key have `count` texts scored; from here on `g.key` is whose request it is.

    :raises KeyRefused: it is not one of ours, or was revoked.
    :raises ScopeMissing: it is good for something else.
    :raises TooMany: its quota is used up for the moment.
    """
    g.key = analyst().keyring.find(token, Scope.ANALYZE)
    analyst().charge(g.key, count)
    return cast("ApiKey", g.key)


def needs(scope: Scope, site: str = "") -> ApiKey:
    """Let only a key of this scope pass, on this site; take from its quota and count the use.

    :raises KeyRefused: the key is missing, not one of ours, or revoked.
    :raises ScopeMissing: it is good for something else, or for another site.
    :raises TooMany: its quota is used up for the moment.
    """
    key = analyst().keyring.find(bearer(), scope, site)
    analyst().charge(key)
    return key


def reader() -> str | None:
    """Give the pseudonym of the reader whose token the call carries, None without a good one."""
    token = request.headers.get("Folkmoot-Reader", "")
    return core().signer.reader(site().name, token) if token else None


def receipt() -> str:
    """Give the receipt that the call carries, or ""."""
    return request.headers.get("Folkmoot-Receipt", "")


def address() -> str:
    """Give the caller's network: their IPv4 address, or the /64 of their IPv6 address."""
    try:
        caller = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    mapped = getattr(caller, "ipv4_mapped", None)
    if mapped or caller.version == 4:
        return str(mapped or caller)
    return str(ipaddress.ip_network((caller, 64), strict=False))
