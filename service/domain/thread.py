"""Threads: the pages of a site that readers comment and vote on."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that identify where readers came from, not what they read.
TRACKING = frozenset(
    {
        "_ga",
        "cmpid",
        "dclid",
        "fbclid",
        "gclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "msclkid",
        "ref_src",
        "twclid",
        "wt_mc",
        "yclid",
    }
)
HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
MAX_URL = 2000


class Order(StrEnum):
    """The sort order of a thread's comments."""

    OLDEST = "oldest"
    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One article with its own votes; `comments` counts the approved ones."""

    id: str
    url: str
    title: str = ""
    comments: int = 0
    up: int = 0
    down: int = 0


def canonical_url(url: str) -> str:
    """Reduce an address to the part that identifies the article: no fragment, no tracking.

    :raises ValueError: this is not an absolute http(s) address.
    """
    if len(url) > MAX_URL or any(ord(char) <= 32 or char == "\\" for char in url.strip()):
        raise ValueError("not an address")
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        raise ValueError("not an absolute http or https address")
    return urlunsplit(
        (parts.scheme.lower(), _host(parts), parts.path or "/", _query(parts.query), "")
    )


def origin_of(url: str) -> str:
    """Return the origin (RFC 6454: scheme, host, port) of an absolute address.

    :raises ValueError: this is not an absolute http(s) address.
    """
    parts = urlsplit(canonical_url(url))
    return f"{parts.scheme}://{parts.netloc}"


def thread_id(url: str) -> str:
    """Derive a thread's id from its canonical address: keys never contain outside text."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    host = name if name.isascii() else name.encode("idna").decode()
    if not HOST.fullmatch(host):
        raise ValueError("not a host")
    host = f"[{host}]" if ":" in host else host
    default = DEFAULT_PORTS[parts.scheme.lower()]
    return host if parts.port in (None, default) else f"{host}:{parts.port}"


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    naming = [
        (name, value)
        for name, value in pairs
        if name not in TRACKING and not name.startswith("utm_")
    ]
    return query if len(naming) == len(pairs) else urlencode(naming)
