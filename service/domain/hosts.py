"""Hosts: the machine that a browser asks for an address, in one form that can be compared."""

import re
from collections.abc import Collection
from functools import lru_cache

import ada_url

SCHEME = re.compile(r"[a-z][a-z0-9+.*-]*:(?=[\\/])", re.IGNORECASE)
AUTHORITY = re.compile(r"(?:[a-z]+:)?[\\/]{0,2}([^/?#\\]*)", re.IGNORECASE)
# Invisible: browsers drop some of them from a host and refuse the others.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})+")
# Subdomains of a listed host count too; no legitimate host has more labels.
DEEPEST = 10


def host_of(link: str) -> str:
    """Return the host that a browser opens for an address or a bare host, "" if there is none.

    It is resolved as browsers do (WHATWG URL, UTS 46): ASCII in lower case, without user info and
    port; numbers are an IPv4 address. `www.` and a final dot are removed, since they lead to the
    same place.
    """
    return _resolved(link) or (_resolved(INVISIBLE.sub("", link)) if link else "")


def ascii_host(name: str) -> str:
    """Return a host as browsers send it, with `www.` but without a final dot.

    :raises ValueError: browsers refuse it.
    """
    resolved = ada_url.URL(f"https://{name}/").hostname.rstrip(".")
    if not resolved:
        raise ValueError("not a host")
    return resolved


def names_a_user(link: str) -> bool:
    """Return whether a link has user info before its host, a trick to disguise the real host."""
    match = AUTHORITY.match(link)
    return match is not None and "@" in match[1]


def is_openable(link: str) -> bool:
    """Return whether a link may be shown as one: http(s), and to the host that it seems to name."""
    is_web = link.lower().startswith(("http://", "https://"))
    return is_web and not names_a_user(link) and not INVISIBLE.search(link) and bool(host_of(link))


def is_host(host: str) -> bool:
    """Return whether this is a resolved host such as `news.example`."""
    return HOST.fullmatch(host) is not None


@lru_cache(maxsize=64)
def resolve_all(entries: tuple[str, ...]) -> frozenset[str]:
    """Resolve the hosts of a list, however the site's owner wrote them."""
    return frozenset(map(host_of, entries)) - {""}


def is_among(host: str, listed: Collection[str]) -> bool:
    """Return whether a host or one of its parents is listed.

    Label by label: attacker-example.com is not example.com.
    """
    labels = host.rsplit(".", DEEPEST)
    return any(".".join(labels[place:]) in listed for place in range(len(labels)))


@lru_cache(maxsize=4096)
def _resolved(link: str) -> str:
    written = link.strip().removeprefix("*.")
    scheme = SCHEME.match(written)
    rest = (written[scheme.end() :] if scheme else written).lstrip("/\\")
    try:
        # Every scheme is read like https, so that hxxp:// hides nothing.
        host = ada_url.URL(f"https://{rest}").hostname
    except ValueError:
        return ""
    return str(host).rstrip(".").removeprefix("www.")
