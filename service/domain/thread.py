"""Threads: the pages of a site that readers comment and vote on."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

import ada_url

from service.domain.tracking import is_tracking

SCHEMES = frozenset({"http", "https"})
HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
MAX_URL = 2000
# With the tracking that is cut.
MAX_SENT = 8 * MAX_URL
ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# The separators of a query; some pages link with "&amp;" by mistake.
PARAMETER = re.compile(r"(&amp;|[&;]|^)([^&;]*)")
NOT_ASCII = re.compile(r"[^\x21-\x7e]+")


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

    Scheme, host and path are written in one way (WHATWG URL; RFC 3986, 6.2.2: escapes in upper
    case, and only where they are needed). What is left of the query keeps every byte.

    :raises ValueError: this is not an absolute http(s) address, or is too long without tracking.
    """
    written = url.strip()
    if len(written) > MAX_SENT or any(ord(char) <= 32 or char == "\\" for char in written):
        raise ValueError("not an address")
    parts = urlsplit(written)
    if parts.scheme not in SCHEMES or not parts.netloc or "@" in parts.netloc:
        raise ValueError("not an absolute http or https address")
    path, query = _path(written), _query(parts.query)
    address = f"{parts.scheme}://{_host(written)}{path}{f'?{query}' if query else ''}"
    if len(address) > MAX_URL:
        raise ValueError("not an address of a usual length")
    return address


def origin_of(url: str) -> str:
    """Return the origin of an absolute address as browsers send it (WHATWG URL, 4.7).

    :raises ValueError: this is not an absolute http(s) address.
    """
    parts = urlsplit(canonical_url(url))
    return f"{parts.scheme}://{parts.netloc}"


def thread_id(url: str) -> str:
    """Derive a thread's id from its canonical address: keys never contain outside text."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _host(url: str) -> str:
    """Return host and port, without the scheme's own port."""
    parsed = _parsed(url)
    name, port = str(parsed.hostname).rstrip("."), parsed.port
    if not HOST.fullmatch(name):
        raise ValueError("not a host")
    return f"{name}:{port}" if port else name


def _path(url: str) -> str:
    return ESCAPE.sub(lambda escape: _shortest(escape[0]), str(_parsed(url).pathname))


def _shortest(escape: str) -> str:
    char = unquote(escape)
    return char if UNRESERVED.fullmatch(char) else escape.upper()


def _query(query: str) -> str:
    """Cut the parameters that only say where readers came from, and nothing else."""
    pairs = list(PARAMETER.finditer(query))
    kept = [pair for pair in pairs if not is_tracking(unquote(pair[2].partition("=")[0]))]
    whole = "".join(pair[0] for pair in kept)
    if kept and kept[0] is not pairs[0]:
        # Its separator was that after a parameter which is gone.
        whole = whole[len(kept[0][1]) :]
    return NOT_ASCII.sub(lambda text: quote(text[0]), whole)


def _parsed(url: str) -> ada_url.URL:
    try:
        return ada_url.URL(url)
    except ValueError:
        raise ValueError("not an address") from None
