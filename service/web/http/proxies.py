"""Proxies in front of us: who the reader is, by the headers of those that we trust."""

import ipaddress
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from werkzeug.middleware.proxy_fix import ProxyFix

log = structlog.get_logger(__name__)

FOR, PROTO, HOST = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"
# An element of the header `Forwarded` (RFC 7239, 4): what is in quotes may contain commas.
ELEMENT = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*")+')
PAIR = re.compile(r'\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))\s*(?:;|$)')
# IPv6 with an optional port in brackets, IPv4 with a port; a zone (RFC 4007) is the proxy's own.
BRACKETED = re.compile(r"\[([^\]%]+)(?:%[^\]]*)?\](?::[\w.-]*)?")
WITH_PORT = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3}):[\w.-]*")
UNKNOWN = "unknown"


class Proxies:
    """Middleware: what `count` proxies say about a request replaces what the server knows.

    Proxies write addresses with ports, in brackets or in quotes, in `X-Forwarded-For` or in
    `Forwarded`; a reader has the same address in all of them.
    """

    def __init__(self, app: WSGIApplication, count: int) -> None:
        """Trust the last `count` entries of each header."""
        self._count = count
        self._app = ProxyFix(app, x_for=count, x_proto=count, x_host=count)
        self._reported: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if FOR not in environ and "HTTP_FORWARDED" in environ:
            environ.update(_read_forwarded(environ["HTTP_FORWARDED"]))
        hops = hops_in(environ.pop(FOR, ""))
        if hops:
            environ[FOR] = ", ".join(hops)
        if UNKNOWN in hops[-self._count :][:1]:
            self._report("the proxy does not send readers' addresses: they share one allowance")
        if environ.get("HTTP_X_FORWARDED_PREFIX", "/").strip("/"):
            self._report("the proxy serves us below a path: we need a host name of our own")
        return self._app(environ, start_response)

    def _report(self, fault: str) -> None:
        if fault not in self._reported:
            self._reported.add(fault)
            log.warning(fault)


def hops_in(forwarded_for: str, forwarded: str = "") -> list[str]:
    """List the addresses that proxies name, the nearest proxy's last; `Forwarded` comes second."""
    if not forwarded_for and forwarded:
        forwarded_for = _read_forwarded(forwarded).get(FOR, "")
    return [address_in(hop) for hop in forwarded_for.split(",") if hop.strip()]


def address_in(hop: str) -> str:
    """Return the IP address in an entry of `X-Forwarded-For`, "unknown" if there is none.

    Names that a proxy invents (RFC 7239, 6.3) do not count: it may invent one for each request.
    """
    bare = hop.strip().strip('"').strip()
    match = BRACKETED.fullmatch(bare) or WITH_PORT.fullmatch(bare)
    try:
        address = ipaddress.ip_address(match[1] if match else bare.partition("%")[0])
    except ValueError:
        return UNKNOWN
    return str(getattr(address, "ipv4_mapped", None) or address)


def _read_forwarded(header: str) -> dict[str, str]:
    """Translate `Forwarded` into the headers that the rest of the world uses."""
    elements = [dict(_pairs(element)) for element in ELEMENT.findall(header)]
    named = {FOR: "for", PROTO: "proto", HOST: "host"}
    lists = {ours: [element.get(name, "") for element in elements] for ours, name in named.items()}
    lists[FOR] = [hop or UNKNOWN for hop in lists[FOR]]
    return {ours: ", ".join(values) for ours, values in lists.items() if any(values)}


def _pairs(element: str) -> Iterable[tuple[str, str]]:
    for name, quoted, token in PAIR.findall(element):
        yield name.lower(), re.sub(r"\\(.)", r"\1", quoted) or token
