"""Keep the frame in order: who may embed it and send its forms, and what it says when it cannot."""

from flask import Blueprint, Response, g, make_response, render_template, request
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException

from service.domain.errors import DomainError, ForeignOrigin, Invalid, StoreAway
from service.web import guard, pages, problems, writing

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)
PLAINLY = {
    413: ("This is too long", "Nothing was sent. Go back, and your text is still in the form."),
}


def register(bp: Blueprint) -> None:
    """Let all of this hold for a blueprint."""
    bp.before_request(refuse_forged_forms)
    bp.after_request(let_the_site_embed)
    bp.register_error_handler(DomainError, say)
    bp.register_error_handler(HTTPException, say_http)
    bp.register_error_handler(RedisError, away)


def refuse_forged_forms() -> None:
    """Take forms from our own frame only.

    :raises ForeignOrigin: another page sent it.
    """
    if request.method == "POST" and not guard.is_same_origin():
        raise ForeignOrigin


def let_the_site_embed(response: Response) -> Response:
    """Let the site's own pages, and nobody else, put the frame into theirs."""
    if response.mimetype == "text/html":
        # A page that only says that something is away needs no such care, and knows no site.
        ancestors = " ".join((*g.site.origins, "'self'")) if "site" in g else "*"
        response.headers["Content-Security-Policy"] = POLICY.format(ancestors)
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def say(error: DomainError) -> Response:
    """Say in plain words what cannot be done."""
    if isinstance(error, StoreAway):
        return away(error)
    told = pages.explain(error)
    title = "Comments cannot be shown here" if isinstance(error, Invalid) else told.title
    page = render_template("frame/message.html", title=title, detail=told.detail)
    return make_response(page, told.status)


def say_http(error: HTTPException) -> Response:
    """Say in plain words what HTTP says in numbers."""
    code = error.code or 500
    title, detail = PLAINLY.get(code, (error.name, error.description or ""))
    return make_response(render_template("frame/message.html", title=title, detail=detail), code)


def away(error: Exception) -> Response:
    """Say that comments are away for the moment, and keep what was typed."""
    draft = writing.sent() if request.endpoint == "widget.post_comment" else None
    page = render_template("frame/away.html", draft=draft, thread=request.values.get("thread", ""))
    response = make_response(page, 503)
    response.headers["Retry-After"] = str(problems.RETRY_AFTER)
    return response
