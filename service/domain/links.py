"""Links in plain text: where one begins and ends, and to which host a browser follows it."""

import re

# A backslash ends a link, since browsers read it as a slash: what stands after it is no host.
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'\\\u200b]+", re.IGNORECASE)
# What usually belongs to the sentence rather than to the address before it.
TRAILING = ".,;:!?)]}»”’"
AUTHORITY = re.compile(r"(?:https?://)?([^/?#\\]*)", re.IGNORECASE)
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})+")


def links_in(text: str) -> list[str]:
    """List the links of a text as they are written, without the punctuation after them."""
    return [trimmed(link) for link in LINK.findall(text)]


def trimmed(link: str) -> str:
    """Leave out the punctuation that ends the sentence rather than the address."""
    return link.rstrip(TRAILING)


def host_of(link: str) -> str:
    """Name the host that a browser asks (WHATWG URL): after a user's name, before a port."""
    match = AUTHORITY.match(link)
    authority = match[1] if match else link
    _, _, address = authority.rpartition("@")
    host, _, port = address.partition(":")
    return plain_host(host if port.isdigit() or not port else address)


def plain_host(written: str) -> str:
    """Bring a host to the form in which hosts are compared: small, and without its `www.`."""
    return written.strip().lower().rstrip(".").removeprefix("www.")


def names_a_user(link: str) -> bool:
    """Tell whether a link names a user before its host, as one does that pretends to be another."""
    match = AUTHORITY.match(link)
    return match is not None and "@" in match[1]


def is_host(host: str) -> bool:
    """Tell whether this is the name of a host, such as `news.example`."""
    return HOST.fullmatch(host) is not None
