"""Links in plain text: where they begin and end, and the host that a browser would open."""

import re

# A backslash ends a link: browsers read it as a slash, so what follows it is not the host.
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'\\\u200b]+", re.IGNORECASE)
# Punctuation that usually belongs to the sentence, not to the address before it.
TRAILING = ".,;:!?)]}»”’"
AUTHORITY = re.compile(r"(?:https?://)?([^/?#\\]*)", re.IGNORECASE)
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})+")


def links_in(text: str) -> list[str]:
    """List the links in a text as written, without the punctuation after them."""
    return [trimmed(link) for link in LINK.findall(text)]


def trimmed(link: str) -> str:
    """Strip the punctuation that ends the sentence, not the address."""
    return link.rstrip(TRAILING)


def host_of(link: str) -> str:
    """Return the host that a browser would open (WHATWG URL): after user info, before the port."""
    match = AUTHORITY.match(link)
    authority = match[1] if match else link
    _, _, address = authority.rpartition("@")
    host, _, port = address.partition(":")
    return plain_host(host if port.isdigit() or not port else address)


def plain_host(written: str) -> str:
    """Normalize a host for comparison: lower case, without `www.`."""
    return written.strip().lower().rstrip(".").removeprefix("www.")


def names_a_user(link: str) -> bool:
    """Return whether a link has user info before its host, a trick to disguise the real host."""
    match = AUTHORITY.match(link)
    return match is not None and "@" in match[1]


def is_host(host: str) -> bool:
    """Return whether this is a host name such as `news.example`."""
    return HOST.fullmatch(host) is not None
