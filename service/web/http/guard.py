"""HTTP guards: CORS per site, JSON only, security headers on every answer."""

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from service.domain.errors import Fault, Invalid
from service.readers.origin import check_origin
from service.web.http import caller

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_HEADERS = "Content-Type, Idempotency-Key, Folkmoot-Reader, Folkmoot-Receipt"
# A year (RFC 6797). Not for subdomains: other services of the newspaper may live there.
HSTS = "max-age=31536000"
NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"


def check_api_call() -> None:
    """Check that an API call comes from the site's pages or a program, and that its body is JSON.

    :raises ForeignOrigin: a browser sent it from another site's page.
    :raises Invalid: the body is not JSON.
    """
    if request.view_args and "site" in request.view_args:
        check_origin(caller.core(), caller.site(), _foreign_origin())
    if request.method not in SAFE and request.get_data(cache=True):
        _check_json()


def allow_site(response: Response) -> Response:
    """Allow the site's own pages to read the answer (CORS), never with credentials."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin and origin in _origins():
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Location, Retry-After, ETag"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Headers"] = OUR_HEADERS
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
            response.headers["Access-Control-Max-Age"] = "7200"
    return response


def is_same_origin() -> bool:
    """Tell whether a form was sent from one of our own pages (Sec-Fetch-Site, else Origin).

    An old browser that sends neither is refused.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and origin in (caller.core().public_url, request.host_url.rstrip("/"))


def register(app: Flask) -> None:
    """Set security headers on every answer that does not have its own."""

    @app.after_request
    def secure(response: Response) -> Response:
        if caller.core().public_url.startswith("https://"):
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        response.headers.setdefault("Content-Security-Policy", NOTHING)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _foreign_origin() -> str | None:
    origin = request.headers.get("Origin")
    return None if origin == request.host_url.rstrip("/") else origin


def _origins() -> tuple[str, ...]:
    # Without a site (unknown, or the store is away) there is no origin to allow.
    return (*g.site.origins, caller.core().public_url) if "site" in g else ()


def _check_json() -> None:
    if not request.is_json:
        raise UnsupportedMediaType("Please send application/json.")
    try:
        request.get_json()
    except BadRequest as error:
        raise Invalid(Fault("", "not-json", "The body is not JSON.")) from error
