"""The page where moderators answer appeals."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.office.appeals import open_appeals
from service.domain.appeal import MAX_TEXT, AppealState
from service.domain.errors import Invalid
from service.readers import appeal
from service.web.desk.account import visits
from service.web.http import caller, forms

bp = Blueprint("appeals", __name__)

MESSAGES = {
    "upheld": "Upheld: the comment is published.",
    "declined": "Declined; the author reads why.",
}


@dataclass(frozen=True, slots=True)
class RefusedAnswer:
    """An invalid answer: the comment it is for, its words, and the fault."""

    comment: str
    words: str
    fault: str


@bp.get("/<site>/appeals")
def get_appeals(site: str) -> str:
    """List the open appeals, oldest first."""
    return _page()


@bp.post("/<site>/appeals/<comment>")
def post_answer(site: str, comment: str) -> Response:
    """Answer an appeal."""
    is_upheld = forms.one_of(AppealState, "act") is AppealState.UPHELD
    words, moderator = request.form.get("answer", ""), visits.moderator()
    try:
        answered = appeal.answer(
            caller.core(), caller.site(), moderator, comment, upheld=is_upheld, words=words
        )
    except Invalid as wrong:
        refused = RefusedAnswer(comment, words, wrong.faults[0].detail)
        return make_response(_page(refused), 422)
    address = url_for(".get_appeals", site=site, said=answered.state.value)
    return make_response(redirect(address, 303))


def _page(refused: RefusedAnswer | None = None) -> str:
    return render_template(
        "review/appeals.html",
        appeals=open_appeals(caller.core(), caller.site(), visits.moderator()),
        refused=refused,
        most=MAX_TEXT,
        message=MESSAGES.get(request.args.get("said", ""), ""),
    )
