"""The page where somebody signed in proves again who they are, and goes on with what they did.

The page carries the fields of the refused form and is sent to the same address, so that the form
is carried out at once; nothing has to be typed twice, and nothing is kept in between.
"""

from flask import Response, make_response, render_template, request

from service.desk.account import entrance, factors, sessions
from service.desk.account.entrance import FreshProof
from service.domain.errors import (
    Busy,
    DomainError,
    Invalid,
    PasskeyRefused,
    TooMany,
    WrongCode,
)
from service.web.desk.account import visits
from service.web.http import caller, pages

PASSWORD, CODE, PASSKEY = "confirm-password", "confirm-code", "credential"
OURS = frozenset({PASSWORD, CODE, PASSKEY, "confirm-name"})
REFUSALS = (Busy, Invalid, PasskeyRefused, TooMany, WrongCode)


def insist(purpose: str) -> Response | None:
    """Let the request pass if its sender has proved a moment ago, or proves now, who they are.

    Otherwise return the page that asks for it.
    """
    moderator, session = visits.current()
    if sessions.is_fresh(caller.core(), session):
        return None
    if not OURS & set(request.form):
        return _page(purpose)
    proof = FreshProof(
        password=request.form.get(PASSWORD, ""),
        code=request.form.get(CODE, "").strip(),
        passkey=request.form.get(PASSKEY, ""),
    )
    try:
        entrance.confirm(caller.core(), moderator, session, proof, visits.visit())
    except REFUSALS as refused:
        return _page(purpose, refused)
    return None


def _page(purpose: str, refused: DomainError | None = None) -> Response:
    moderator, _ = visits.current()
    explanation = pages.explain(refused) if refused else None
    page = render_template(
        "review/confirmation.html",
        purpose=purpose,
        carried=[field for field in request.form.items(multi=True) if field[0] not in OURS],
        has_app=factors.has_app(caller.core(), moderator),
        fault=explanation.detail if explanation else "",
    )
    status = explanation.status if explanation else 403
    return make_response(page, status, explanation.headers if explanation else {})
