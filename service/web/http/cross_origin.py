"""CORS for programs that run in browsers: each key names the origins that may use it.

A key in a page can be read by everybody who opens the page, so a key without origins is refused to
all of them. See the Fetch standard, "CORS protocol"; credentials are never allowed.
"""

import re
from contextlib import suppress

from flask import Blueprint, Response, request

from service.domain.errors import DomainError
from service.domain.key import Scope
from service.web.http import caller, credentials

# Clients of the protocols send headers of their own, and more with each version.
HEADER_NAMES = re.compile(r"[A-Za-z0-9-]+(?:\s*,\s*[A-Za-z0-9-]+){0,50}")
EXPOSED = "Retry-After, Folkmoot-Model, Folkmoot-Substituted"
TWO_HOURS = "7200"


def register(bp: Blueprint) -> None:
    """Answer preflights of a blueprint, and let the origins of a key read its answers."""
    bp.before_request(answer_preflight)
    bp.after_request(allow_origins_of_key)


def answer_preflight() -> Response | None:
    """Answer a preflight before anything asks for its key, which it may not carry."""
    return Response(status=204) if _is_preflight() else None


def allow_origins_of_key(response: Response) -> Response:
    """Add the headers with which a browser hands the answer to a program of an allowed origin."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if not origin or origin not in _allowed():
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if _is_preflight():
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Max-Age"] = TWO_HOURS
        wanted = request.headers.get("Access-Control-Request-Headers", "").strip()
        if HEADER_NAMES.fullmatch(wanted):
            response.headers["Access-Control-Allow-Headers"] = wanted
    return response


def _is_preflight() -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _allowed() -> frozenset[str]:
    keyring = caller.analyst().keyring
    shown = credentials.shown(request.args, request.headers)
    if shown:
        with suppress(DomainError):
            return frozenset(keyring.find(shown, Scope.ANALYZE).origins)
        return frozenset()
    # A preflight does not carry a key that is sent in a header, and the discovery document needs
    # none: any key's origins may ask, and the answer itself is allowed by its own key only.
    return keyring.origins() if _needs_no_key() else frozenset()


def _needs_no_key() -> bool:
    return _is_preflight() or request.blueprint == "discovery"
