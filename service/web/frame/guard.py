"""Guards of the frame: who may embed it and send its forms, and its error pages."""

from flask import Blueprint, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from service.captcha.strategies import sources_of
from service.domain.errors import (
    DomainError,
    ForeignOrigin,
    Invalid,
    NotScored,
    ReaderUnknown,
    ReceiptRefused,
    SchemaMismatch,
    StoreAway,
    StoreUnsafe,
    TooMany,
)
from service.domain.sentences import N_
from service.outages import StoreError, is_outage
from service.web.frame import appearance
from service.web.http import guard, language, pages, problems

POLICY = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'",),
    "media-src": ("'self'",),
    "connect-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
}
# These are ours to mend; all that a reader can do is to wait.
OUTAGES = (NotScored, SchemaMismatch, StoreAway, StoreUnsafe)
UNKNOWN = N_("This browser no longer knows that this comment is yours")
# Titles for readers, where the table of problems speaks to programs.
TITLES: dict[type[DomainError], str] = {ReceiptRefused: UNKNOWN, ReaderUnknown: UNKNOWN}
PLAINLY = {
    413: (
        N_("This is too long"),
        N_("Nothing was sent. Go back, and your text is still in the form."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_("It is not your fault, and it is noted. Please try again in a moment."),
    ),
}


def register(bp: Blueprint) -> None:
    """Apply all guards and error pages to a blueprint."""
    bp.before_request(refuse_forged_forms)
    bp.after_request(let_the_site_embed)
    bp.url_defaults(appearance.carry_on)
    bp.register_error_handler(DomainError, say)
    bp.register_error_handler(HTTPException, say_http)
    bp.register_error_handler(StoreError, say_failed)


def refuse_forged_forms() -> None:
    """Accept forms from our own frame only.

    :raises ForeignOrigin: another page sent it.
    """
    if request.method == "POST" and not guard.is_same_origin():
        raise ForeignOrigin


def let_the_site_embed(response: Response) -> Response:
    """Allow only the site's own pages to embed the frame."""
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _policy()
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def say(error: DomainError) -> Response:
    """Explain in plain words what cannot be done."""
    if isinstance(error, OUTAGES):
        return away(error)
    explanation = pages.explain(error)
    is_foreign = isinstance(error, Invalid)
    title = explanation.title
    if is_foreign:
        title = language.gettext("Comments cannot be shown here")
    elif type(error) in TITLES:
        title = language.gettext(TITLES[type(error)])
    # Other errors have only a translated title; their explanation exists in English only.
    detail = explanation.detail if isinstance(error, Invalid | TooMany) else ""
    page = render_template("frame/message.html", title=title, detail=detail)
    return make_response(page, explanation.status)


def say_http(error: HTTPException) -> Response:
    """Explain an HTTP error in plain words."""
    code = error.code or 500
    title, detail = PLAINLY.get(code, (error.name, error.description or ""))
    page = render_template(
        "frame/message.html", title=language.gettext(title), detail=language.gettext(detail)
    )
    return make_response(page, code, problems.headers_of(error))


def say_failed(error: StoreError) -> Response:
    """Report that the store is away, or that a call of ours failed and waiting does not help."""
    if is_outage(error):
        return away(error)
    problems.note_defect(error)
    return say_http(InternalServerError())


def away(error: Exception) -> Response:
    """Report that comments are unavailable, and keep what was typed."""
    typed = request.form if request.blueprint in ("authorship", "report") else {}
    page = render_template(
        "frame/away.html",
        typed=typed,
        thread=request.values.get("thread", ""),
        is_vote=request.endpoint == "widget.post_vote",
    )
    response = make_response(page, 503)
    response.headers["Retry-After"] = str(problems.RETRY_AFTER)
    return response


def _policy() -> str:
    # A page that only reports an outage may be embedded anywhere, and knows no site.
    ancestors = (*g.site.origins, "'self'") if "site" in g else ("*",)
    needed = sources_of(g.site.captcha) if "site" in g else {}
    directives = {
        name: dict.fromkeys((*POLICY.get(name, ()), *needed.get(name, ())))
        for name in (POLICY | needed)
    }
    allowed = {**directives, "frame-ancestors": ancestors}
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())
