"""Appeals at the desk: a person looks again at a refusal and answers its author."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.domain.appeal import MAX_TEXT, Appeal, AppealState
from service.domain.comment import Comment
from service.domain.errors import Invalid
from service.domain.thread import Thread
from service.readers import appeal, statement
from service.readers.statement import Statement
from service.store.comments import history, threads
from service.web.api import present
from service.web.desk.account import visits
from service.web.desk.queue import reasons
from service.web.http import caller, forms

bp = Blueprint("appeals", __name__)

SAYINGS = {
    "upheld": "Upheld: the comment is published.",
    "declined": "Declined; the author reads why.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An open appeal with all that one needs to answer it; `by` decided before."""

    appeal: Appeal
    comment: Comment
    thread: Thread
    statement: Statement | None
    by: str


@bp.get("/<site>/appeals")
def get_appeals(site: str) -> str:
    """List the open appeals, the oldest first."""
    return _page()


@bp.post("/<site>/appeals/<comment>")
def post_answer(site: str, comment: str) -> Response:
    """Answer an appeal."""
    upheld = forms.one_of(AppealState, "act") is AppealState.UPHELD
    words, moderator = request.form.get("answer", ""), visits.present()[0]
    try:
        answered = appeal.answer(
            caller.core(), caller.site(), moderator, comment, upheld=upheld, words=words
        )
    except Invalid as wrong:
        again = {"comment": comment, "answer": words, "fault": wrong.faults[0].detail}
        return make_response(_page(again), 422)
    there = url_for(".get_appeals", site=site, said=answered.state.value)
    return make_response(redirect(there, 303))


def _page(again: dict[str, str] | None = None) -> str:
    core, site, moderator = caller.core(), caller.site(), visits.present()[0]
    return render_template(
        "review/appeals.html",
        site=site,
        moderator=moderator,
        cases=_cases(),
        may_decide=moderator.may_decide(site.name),
        again=again or {},
        most=MAX_TEXT,
        said=SAYINGS.get(request.args.get("said", ""), ""),
        html=present.html,
        in_words=reasons.in_words,
        attributes=reasons.ATTRIBUTES,
        since=present.since,
        now=core.now(),
    )


def _cases() -> list[Case]:
    core, site = caller.core(), caller.site()
    record = core.at(site.name)
    waiting = appeal.waiting(core, site, visits.present()[0])
    about = threads.titles(record, sorted({found.thread for _, found in waiting}))
    return [
        Case(
            appeal=appeal,
            comment=found,
            thread=about[found.thread],
            statement=statement.state(core, site, found),
            by=_by(found),
        )
        for appeal, found in waiting
    ]


def _by(comment: Comment) -> str:
    core = caller.core()
    entry = history.last(core.at(caller.site().name), comment)
    return entry.by if entry else ""
