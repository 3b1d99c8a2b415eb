"""Akismet's API: plain text answers, with status 200 for nearly everything."""

import structlog
from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from service.analysis import akismet
from service.analysis.akismet import Finding, SentComment
from service.domain.errors import DomainError, KeyRefused, ScopeMissing, TooMany
from service.domain.key import PREFIX, ApiKey, Quota, Scope
from service.outages import StoreError, is_outage
from service.web.http import caller, provenance, traffic
from service.web.wire import akismet_sites, body, forms
from service.web.wire.body import NotJson
from service.web.wire.forms import SentForm

log = structlog.get_logger(__name__)

bp = Blueprint("akismet", __name__)
traffic.measure(bp)

THANKS = "Thanks for making the web a better place."
# WordPress sends its whole request environment, some hundred kilobytes.
MOST = 1024 * 1024
MOST_PARTS = 10_000
# Clients that hold a comment and ask again later if the answer is neither true nor false.
HOLDING = ("WordPress/",)


@bp.before_request
def read() -> None:
    """Read the fields of the request, a form or JSON."""
    body.allow(MOST)
    form = SentForm(request.args.to_dict() | _json()) if request.is_json else _form()
    g.given, g.unreadable = form.fields, form.unreadable


@bp.post("/1.1/verify-key")
def post_key() -> Response:
    """Tell whether a key is valid."""
    caller.analyst().keyring.find(_token(), Scope.ANALYZE)
    return words("valid")


@bp.post("/1.1/comment-check")
def post_check() -> Response:
    """Tell whether a comment is spam."""
    key = caller.admit(_token())
    finding = akismet.check(caller.analyst(), key, _comment())
    if finding is Finding.UNKNOWN:
        return _unknown(key)
    answer = words("false" if finding is Finding.HAM else "true")
    if finding is Finding.BLATANT:
        answer.headers["X-akismet-pro-tip"] = "discard"
    return provenance.tell(answer, caller.analyst().scorer(key))


@bp.post("/1.1/submit-spam", defaults={"is_spam": True})
@bp.post("/1.1/submit-ham", defaults={"is_spam": False})
def post_report(is_spam: bool) -> Response:
    """Store a person's correction of a comment."""
    key, comment = caller.admit(_token()), _comment()
    if comment.is_unreadable:
        return words("invalid", help_="We do not know the characters of this comment.")
    akismet.report(caller.analyst(), key, comment, is_spam=is_spam)
    return words(THANKS)


@bp.route("/1.2/usage-limit", methods=["GET", "POST"])
def get_usage() -> Response:
    """Return how much of its quota a key has used this month."""
    keyring = caller.analyst().keyring
    key = keyring.find(_token(), Scope.ANALYZE)
    used = keyring.used_this_month(key)
    limit = Quota.read(key.quota).per_month if key.quota else None
    share = f"{100 * used / limit:.2f}" if limit else "0.00"
    throttled = bool(limit and used >= limit)
    usage = {"limit": limit or "none", "usage": used, "percentage": share}
    return jsonify(usage | {"throttled": throttled})


@bp.route("/1.2/key-sites", methods=["GET", "POST"])
def get_sites() -> Response:
    """List the web sites that used a key in a month."""
    key = caller.analyst().keyring.find(_token(), Scope.ANALYZE)
    return akismet_sites.answer(caller.core(), key, g.given)


def _form() -> SentForm:
    return forms.read(MOST_PARTS, "blog_charset")


def _comment() -> SentComment:
    return SentComment.of(g.given, g.unreadable)


def _json() -> dict[str, str]:
    fields = body.json_object()
    return {name: body.text_of(str(value)) for name, value in fields.items() if value is not None}


def _token() -> str:
    """Return the key, from a field or from a host name that begins like one of our keys."""
    given = g.get("given", {})
    host = request.host.partition(".")[0].lower()
    before_host = host if host.startswith(PREFIX) else ""
    return given.get("api_key") or given.get("key") or before_host


def _unknown(key: ApiKey) -> Response:
    """Answer for a comment without a score, never that it is harmless."""
    if request.headers.get("User-Agent", "").startswith(HOLDING):
        return words("invalid", help_="This comment has no score; a person should look at it.")
    finding = akismet.stand_in(caller.analyst().keyring.policy(key), key.unscored)
    return words("false" if finding is Finding.HAM else "true")


def words(text: str, status: int = 200, *, help_: str = "") -> Response:
    """Return a plain answer, with an explanation in a header."""
    # Clients take these headers as a sign of trouble, so successful answers have none.
    headers = {"X-akismet-debug-help": help_} if help_ else {}
    return Response(text, status, headers, content_type="text/plain; charset=utf-8")


@bp.errorhandler(KeyRefused)
def _bad_key(_: KeyRefused) -> Response:
    return words("invalid", help_="The API key is missing, not one of ours, or revoked.")


@bp.errorhandler(TooMany)
def _too_many(busy: TooMany) -> Response:
    seconds = str(max(1, round(busy.retry_after)))
    answer = words("invalid", 429, help_=f"The key's quota is used up; again in {seconds} s.")
    answer.headers["Retry-After"] = seconds
    return answer


@bp.errorhandler(NotJson)
@bp.errorhandler(HTTPException)
def _unreadable(_: Exception) -> Response:
    return words("invalid", help_="We could not read this request.")


@bp.errorhandler(ScopeMissing)
def _other_key(_: ScopeMissing) -> Response:
    return words("invalid", help_="The API key is not for analysis.")


@bp.errorhandler(StoreError)
@bp.errorhandler(DomainError)
def _away(error: Exception) -> Response:
    if isinstance(error, StoreError) and not is_outage(error):
        return _broken(error)
    log.warning("akismet not answered", error=type(error).__name__)
    return words("invalid", 503, help_="Something is away on our side; try again later.")


@bp.errorhandler(Exception)
def _broken(error: Exception) -> Response:
    log.exception("unforeseen", error=type(error).__name__)
    return words("invalid", 503, help_="Something is away on our side; try again later.")
