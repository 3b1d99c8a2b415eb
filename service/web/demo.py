"""The demo: a small invented newspaper on another origin than the service."""

from urllib.parse import urlsplit, urlunsplit

from babel import Locale
from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound

from service.demo import NAME
from service.demo.newspaper import ARTICLES
from service.web.http import caller

bp = Blueprint("demo", __name__, url_prefix="/demo")

HOST = "localhost"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src {service}; "
    "frame-src {service}; connect-src {service}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@bp.before_request
def stay_on_the_demos_origin() -> Response | None:
    """Redirect visitors from the service's host name to the demo's."""
    if urlsplit(request.host_url).hostname == HOST:
        return None
    port = urlsplit(request.host_url).port
    host = f"{HOST}:{port}" if port else HOST
    return make_response(redirect(urlunsplit(("http", host, request.path, "", "")), 302))


@bp.get("/")
@bp.get("/<slug>")
def get_article(slug: str = "") -> Response:
    """Show an article with the documented snippet under it."""
    article = next((article for article in ARTICLES if article.slug == slug), None)
    if article is None:
        raise NotFound
    service = caller.core().public_url
    page = render_template(
        "demo/article.html",
        article=article,
        others=[other for other in ARTICLES if other is not article and other.lang == article.lang],
        translation=next(
            (other for other in ARTICLES if other.lang not in ("en", article.lang)), None
        ),
        direction=Locale.parse(article.lang).text_direction,
        body=f"demo/{article.slug or 'tram-bridge'}.html",
        address=lambda linked: f"{request.host_url}demo/{linked.slug}",
        service=service,
        site=NAME,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = POLICY.format(service=service)
    response.headers["Cache-Control"] = "no-cache"
    return response
