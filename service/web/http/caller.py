"""The caller and the site of a request."""

from typing import cast

from flask import current_app, g, request

from service.analysis.analyst import Analyst
from service.core import Core
from service.domain import network
from service.domain.key import ApiKey, Scope
from service.domain.site import Site
from service.readers.nudge import Foresight
from service.web.http import credentials


def core() -> Core:
    """Return this process's core."""
    built: Core = current_app.extensions["folkmoot"]
    return built


def site() -> Site:
    """Return the site named in the address.

    :raises SiteNotFound: there is no site with that name.
    """
    if "site" not in g:
        g.site = core().sites.get((request.view_args or {})["site"])
    return cast("Site", g.site)


def analyst() -> Analyst:
    """Return this process's analyst."""
    built: Analyst = current_app.extensions["folkmoot.analyst"]
    return built


def foresight() -> Foresight:
    """Return this process's predictor for the nudge."""
    built: Foresight = current_app.extensions["folkmoot.foresight"]
    return built


def is_trusted() -> bool:
    """Tell whether the newsroom itself calls, with a key of scope `manage`.

    :raises KeyRefused: there is a key, but it is not one of ours.
    :raises ScopeMissing: it has another scope, or is for another site.
    """
    return recognise(Scope.MANAGE) is not None


def recognise(scope: Scope) -> ApiKey | None:
    """Return the request's API key and charge the use; None without a key.

    :raises KeyRefused: there is a key, but it is not one of ours.
    :raises ScopeMissing: it has another scope, or is for another site.
    :raises TooMany: its quota is used up for now.
    """
    return needs(scope, site().name) if bearer() else None


def bearer() -> str:
    """Return the API key sent as `Authorization: Bearer KEY`, or ""."""
    return credentials.bearer(request.headers)


def admit(token: str, count: int = 1) -> ApiKey:
    """Charge a key for scoring `count` texts, and store it as `g.key`.

    :raises KeyRefused: it is not one of ours, or was revoked.
    :raises ScopeMissing: it has another scope.
    :raises TooMany: its quota is used up for now.
    """
    g.key = analyst().keyring.find(token, Scope.ANALYZE)
    analyst().charge(g.key, count)
    return cast("ApiKey", g.key)


def needs(scope: Scope, site: str = "") -> ApiKey:
    """Require a key of this scope for this site, and charge the use.

    :raises KeyRefused: the key is missing, not one of ours, or revoked.
    :raises ScopeMissing: it has another scope, or is for another site.
    :raises TooMany: its quota is used up for now.
    """
    key = analyst().keyring.find(bearer(), scope, site)
    analyst().charge(key)
    return key


def reader() -> str | None:
    """Return the pseudonym of the calling reader, None without a valid token."""
    token = request.headers.get("Folkmoot-Reader", "")
    return core().signer.reader(site().name, token) if token else None


def receipt() -> str:
    """Return the receipt of the request, or ""."""
    return request.headers.get("Folkmoot-Receipt", "")


def address() -> str:
    """Return the caller's network: the IPv4 address, or the /64 of the IPv6 address."""
    return network.narrowest(request.remote_addr or "")
