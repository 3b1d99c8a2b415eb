"""A request of the server as the environment of a WSGI application (PEP 3333)."""

import sys
from io import BytesIO
from typing import Any
from wsgiref.types import WSGIEnvironment

from service.web.door.rsgi import HttpScope, SentHeaders

PROTOCOLS = {"1": "HTTP/1.0", "1.1": "HTTP/1.1"}
# Without `HTTP_` in front, as CGI has it.
UNPREFIXED = {"content-type": "CONTENT_TYPE"}
# The length that counts is that of the body which was read.
OURS = ("content-length", "transfer-encoding")
# Header names repeat, so each is translated once; strangers' inventions do not fill the memory.
MOST_NAMES = 500
_names: dict[str, str] = {}


def of(
    scope: HttpScope, headers: SentHeaders, peer: str, body: bytes, length: int
) -> WSGIEnvironment:
    """Return the environment of a request.

    `length` is the body's true length: of a body that is too long, nothing is passed on, and the
    application refuses it by its length.
    """
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "REMOTE_ADDR": peer,
        "SERVER_PROTOCOL": PROTOCOLS.get(scope.http_version, "HTTP/1.1"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ["SERVER_NAME"], environ["SERVER_PORT"] = scope.server.rsplit(":", 1)
    if length:
        environ["CONTENT_LENGTH"] = str(length)
    _add(environ, headers)
    if "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority or ""
    return environ


def _add(environ: WSGIEnvironment, headers: SentHeaders) -> None:
    for header, value in headers.items():
        if header in OURS:
            continue
        name = _names.get(header) or _name(header)
        if name not in environ:
            environ[name] = value
        else:
            # Cookies must not be joined by commas (RFC 9110, 5.3).
            environ[name] += ("; " if header == "cookie" else ",") + value


def _name(header: str) -> str:
    name = UNPREFIXED.get(header) or "HTTP_" + header.upper().replace("-", "_")
    if len(_names) < MOST_NAMES:
        _names[header] = name
    return name
