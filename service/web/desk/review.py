"""The moderators' desk under /review: its pages and the guards before all of them."""

from contextlib import suppress
from http import HTTPStatus

import structlog
from flask import Blueprint, Response, g, request
from redis.exceptions import RedisError

from service.domain.errors import ForeignOrigin, NotSignedIn
from service.web.desk import context, errors
from service.web.desk.account import account, people, rights, second, sessions, visits
from service.web.desk.office import alerts, appeals, articles, audit, dashboard, policy, report
from service.web.desk.queue import authors, blocklist, bulk, cards, decisions, pulse, queue
from service.web.http import caller, guard

bp = Blueprint("review", __name__, url_prefix=context.DESK)

ACCOUNT = (sessions.bp, second.bp, account.bp, people.bp)
OFFICE = (policy.bp, alerts.bp, appeals.bp, articles.bp, dashboard.bp, audit.bp, report.bp)
QUEUE = (queue.bp, cards.bp, decisions.bp, bulk.bp, authors.bp, blocklist.bp, pulse.bp)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

log = structlog.get_logger(__name__)


@bp.before_request
def refuse_forged_forms() -> None:
    """Accept forms from our own pages only.

    :raises ForeignOrigin: another page sent it.
    """
    if request.method == "POST" and not guard.is_same_origin():
        raise ForeignOrigin


# After the check above, so that a forged form learns nothing about rights.
bp.before_request(rights.admit)


@bp.before_request
def find_site() -> None:
    """Find the site of the address, so that every page of it names it.

    :raises SiteNotFound: there is no such site.
    """
    if "site" in (request.view_args or {}):
        caller.site()


bp.context_processor(context.of_request)
errors.register(bp)
for page in (*ACCOUNT, *OFFICE, *QUEUE):
    bp.register_blueprint(page)


@bp.after_app_request
def forbid_embedding(response: Response) -> Response:
    """Forbid embedding in frames: nobody must be tricked into clicking a decision."""
    if context.is_of_desk(request.path):
        response.headers["Content-Security-Policy"] = POLICY
    return response


@bp.after_request
def log_refusals(response: Response) -> Response:
    """Log refused requests: a stale page, a mistake or an attack.

    The path is never logged, since an invitation's path gives access to an account.
    """
    is_refusal = HTTPStatus.BAD_REQUEST <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    if is_refusal and (request.method == "POST" or response.status_code == HTTPStatus.FORBIDDEN):
        about = {name: (request.view_args or {}).get(name, "") for name in ("site", "comment")}
        log.warning(
            "refused",
            who=_name(),
            endpoint=request.endpoint,
            status=response.status_code,
            problem=g.get("problem", ""),
            **about,
        )
    return response


def _name() -> str:
    with suppress(NotSignedIn, RedisError):
        return visits.current()[0].name
    return ""
