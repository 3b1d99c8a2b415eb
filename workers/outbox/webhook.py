"""Webhook calls: signed, without redirects, and never into private networks by default.

The host is resolved once, and the checked address is the one that is called, so DNS rebinding
gains nothing.
"""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, urlsplit

import ada_url

from service.domain.public_networks import is_public

TIMEOUT = 10.0
PORTS = {"http": 80, "https": 443}


class AddressRefused(Exception):
    """The address is never called; trying again is useless."""


class CallFailed(Exception):
    """The call failed this time."""


def call(url: str, body: str, secrets: Sequence[str], now: int, *, private: bool = False) -> None:
    """Post a JSON text to a webhook, signed with each of the secrets.

    :raises AddressRefused: the address is not http(s), or is in a private network.
    :raises CallFailed: there is no answer, or it is not 2xx.
    """
    parts = _parse(url)
    address, port = _resolve(parts, private=private)
    headers = {"Content-Type": "application/json", "User-Agent": "Folkmoot"}
    headers["Folkmoot-Signature"] = sign(body, secrets, now)
    try:
        status = _post(parts, address, port, body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise CallFailed(type(error).__name__) from error
    if not 200 <= status < 300:
        raise CallFailed(f"answered {status}")


def sign(body: str, secrets: Sequence[str], now: int) -> str:
    """Return the signature header: HMAC-SHA256 of "TIME.BODY", the present secret's first."""
    signed = f"{now}.{body}".encode()
    digests = (hmac.new(one.encode(), signed, hashlib.sha256).hexdigest() for one in secrets)
    return ",".join((f"t={now}", *(f"v1={digest}" for digest in digests)))


def _parse(url: str) -> SplitResult:
    try:
        # As browsers read it: the standard library knows only the names of 2003 (IDNA).
        parts = urlsplit(ada_url.URL(url).href)
    except ValueError:
        raise AddressRefused("not an address") from None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise AddressRefused("not an http or https address")
    return parts


def _resolve(parts: SplitResult, *, private: bool) -> tuple[str, int]:
    port = parts.port or PORTS[parts.scheme]
    try:
        resolved = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CallFailed("the name is not known") from error
    addresses = [str(row[4][0]) for row in resolved]
    if not private and not all(is_public(address) for address in addresses):
        raise AddressRefused("a private address")
    return addresses[0], port


def _post(
    parts: SplitResult, address: str, port: int, body: str, headers: Mapping[str, str]
) -> int:
    connection = http.client.HTTPConnection(parts.netloc.rpartition("@")[2], timeout=TIMEOUT)
    connection.sock = socket.create_connection((address, port), TIMEOUT)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(
            connection.sock, server_hostname=parts.hostname, do_handshake_on_connect=False
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with _deadline(connection.sock):
        try:
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            connection.request("POST", path, body.encode(), dict(headers))
            return connection.getresponse().status
        finally:
            connection.close()


@contextmanager
def _deadline(line: socket.socket) -> Iterator[None]:
    """Limit the whole call: the socket's own time-out restarts with every byte received."""

    def hang_up() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(TIMEOUT, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
