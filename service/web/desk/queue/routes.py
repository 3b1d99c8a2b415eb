"""The moderators' desk: who may come in, what stands on every page, and the queue itself."""

from contextlib import suppress
from http import HTTPStatus

import structlog
from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException, InternalServerError

from service.desk import queue as desk
from service.domain.errors import (
    DomainError,
    ForeignOrigin,
    NotSignedIn,
    StaleStatus,
    StoreAway,
)
from service.store.server import outages
from service.store.site import sites
from service.web.api import present
from service.web.desk.account import sessions, visits
from service.web.desk.office import routes as office
from service.web.desk.queue import BLUEPRINTS, filters, labels
from service.web.desk.queue import page as showing
from service.web.http import caller, guard, pages, problems

bp = Blueprint("review", __name__, url_prefix="/review")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

log = structlog.get_logger(__name__)


@bp.before_request
def refuse_forged_forms() -> None:
    """Take forms from our own pages only.

    :raises ForeignOrigin: another page sent it.
    """
    if request.method == "POST" and not guard.is_same_origin():
        raise ForeignOrigin


# After the check above: a forged form learns nothing of who may do what.
office.register(bp)
for page in BLUEPRINTS:
    bp.register_blueprint(page)


@bp.after_request
def let_nobody_embed(response: Response) -> Response:
    """Forbid every frame: a decision must not be clicked unknowingly."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


@bp.after_request
def note_refusals(response: Response) -> Response:
    """Log what somebody was refused: a stale page, a mistake, an attempt.

    Never with the path: that of an invitation is good for an account.
    """
    is_refusal = HTTPStatus.BAD_REQUEST <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    if is_refusal and (request.method == "POST" or response.status_code == HTTPStatus.FORBIDDEN):
        about = {name: (request.view_args or {}).get(name, "") for name in ("site", "comment")}
        status, problem = response.status_code, g.get("problem", "")
        log.warning(
            "refused",
            who=_who(),
            endpoint=request.endpoint,
            status=status,
            problem=problem,
            **about,
        )
    return response


def _who() -> str:
    with suppress(NotSignedIn, RedisError):
        return visits.present()[0].name
    return ""


@bp.get("/")
def get_sites() -> Response:
    """Choose a site; where there is only one, open it."""
    moderator = sessions.moderator()
    own = [site for site in sites.every(caller.core().redis) if moderator.may_see(site.name)]
    if len(own) == 1:
        return make_response(redirect(url_for(".get_queue", site=own[0].name), 303))
    waiting = desk.waiting(caller.core(), own)
    page = render_template("review/sites.html", sites=own, moderator=moderator, waiting=waiting)
    return make_response(page)


@bp.get("/<site>")
def get_queue(site: str) -> str:
    """Open one page of a queue."""
    moderator, choice = sessions.moderator(), filters.read(request.args)
    queue = desk.look(
        caller.core(),
        caller.site(),
        moderator,
        choice,
        cursor=request.args.get("cursor", "")[:100],
        likeness=showing.likeness(),
        facets=labels.FACETS,
    )
    return render_template(
        "review/queue.html",
        queue=queue,
        choice=choice,
        latest=desk.latest(caller.core(), caller.site(), moderator),
        **showing.around(choice, moderator),
    )


@bp.errorhandler(NotSignedIn)
def ask_to_sign_in(error: NotSignedIn) -> Response:
    """Lead to the sign-in page, and back here afterwards."""
    if showing.wants_json():
        return problems.describe(error)
    asked = request.full_path.rstrip("?") if request.method == "GET" else None
    return make_response(redirect(url_for("review.sessions.get_sign_in", next=asked), 303))


@bp.errorhandler(StaleStatus)
def say_who_was_first(error: StaleStatus) -> Response:
    """Say who decided meanwhile, what, and when."""
    g.problem = type(error).__name__
    if showing.wants_json():
        return problems.describe(error)
    page = render_template(
        "review/stale.html",
        error=error,
        since=present.since,
        now=caller.core().now(),
        site=caller.site(),
        back=filters.write(filters.carried(request.values)),
    )
    return make_response(page, 409)


@bp.errorhandler(DomainError)
def say(error: DomainError) -> Response:
    """Say in plain words what cannot be done."""
    told = pages.explain(error)
    g.problem = type(error).__name__
    if showing.wants_json():
        return problems.describe(error)
    page = render_template("review/message.html", title=told.title, detail=told.detail)
    return make_response(page, told.status)


@bp.errorhandler(HTTPException)
def say_http(error: HTTPException) -> Response:
    """Say in plain words what HTTP says in numbers."""
    page = render_template("review/message.html", title=error.name, detail=error.description or "")
    return make_response(page, error.code or 500, problems.headers_of(error))


@bp.errorhandler(RedisError)
def away(error: RedisError) -> Response:
    """Say that the desk is away for the moment; nothing was decided."""
    if not outages.is_outage(error):
        return say_broken(error)
    response = say(StoreAway())
    response.headers["Retry-After"] = str(problems.RETRY_AFTER)
    return response


@bp.errorhandler(Exception)
def say_broken(error: Exception) -> Response:
    """Say that something went wrong on our side; the log has the trace."""
    problems.note_defect(error)
    return say_http(InternalServerError())
