"""The page of one article: its title, whether it takes comments, and its move to a new address."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.office import articles, moving
from service.desk.office.articles import ArticleSettings
from service.domain.errors import Invalid
from service.domain.thread_state import ThreadState
from service.web.desk.account import visits
from service.web.http import caller, forms

bp = Blueprint("articles", __name__)

MESSAGES = {"kept": "Kept.", "moved": "Moved: its comments are at this address now."}
STATES = {
    ThreadState.OPEN: ("Open", "As the site’s policy says."),
    ThreadState.PREMODERATED: (
        "Read first",
        "A person reads every comment before it is published.",
    ),
    ThreadState.CLOSED: ("Closed", "The comments stay; nobody can add one."),
}


@bp.get("/<site>/articles")
def get_article(site: str) -> Response:
    """Show an article, or only the field to find one."""
    place = request.args.get("thread", "").strip()
    if not place:
        return make_response(_page())
    try:
        return make_response(_page(_look(place)))
    except Invalid as wrong:
        return make_response(_page(faults=_faults(wrong), typed={"thread": place}), 422)


@bp.post("/<site>/articles")
def post_article(site: str) -> Response:
    """Keep the title and the state."""
    url, title = request.form.get("thread", ""), request.form.get("title", "")
    state = forms.one_of(ThreadState, "state") if "state" in request.form else None
    try:
        articles.settle(
            caller.core(), caller.site(), visits.moderator(), url, title=title, state=state
        )
    except Invalid as wrong:
        page = _page(_look(url), faults=_faults(wrong), typed={"title": title})
        return make_response(page, 422)
    return _back(url, "kept")


@bp.post("/<site>/articles/move")
def post_move(site: str) -> Response:
    """Move the article to another address."""
    url, new = request.form.get("thread", ""), request.form.get("moved_to", "").strip()
    try:
        moving.move(caller.core(), caller.site(), visits.moderator(), url, new)
    except Invalid as wrong:
        page = _page(_look(url), faults=_faults(wrong), typed={"moved_to": new})
        return make_response(page, 422)
    return _back(new, "moved")


def _look(place: str) -> ArticleSettings:
    return articles.look(caller.core(), caller.site(), visits.moderator(), place)


def _faults(wrong: Invalid) -> dict[str, str]:
    return {fault.field: fault.detail for fault in wrong.faults}


def _page(
    article: ArticleSettings | None = None,
    faults: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> str:
    return render_template(
        "review/articles.html",
        article=article,
        states=STATES,
        faults=faults or {},
        typed=typed or {},
        message=MESSAGES.get(request.args.get("said", ""), ""),
    )


def _back(place: str, said: str) -> Response:
    address = url_for(".get_article", site=caller.site().name, thread=place, said=said)
    return make_response(redirect(address, 303))
