"""The frame's main page: an article's comments, the reader's own comments, and the form."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request, url_for

from service.domain.sentences import N_
from service.readers import discussion
from service.web.api import present
from service.web.frame import conversation, identity, listing, own_comments, search
from service.web.frame.form import Form
from service.web.http import caller, language

SENT, AGAIN = "sent", "again"
SAYINGS = {
    AGAIN: N_("This comment had already arrived, perhaps from another tab. It is here only once."),
    "voted": N_("Your vote is counted."),
    "withdrawn": N_("Your vote is withdrawn."),
    "own-vote": N_("This comment takes no vote of yours."),
    "gone": N_("This comment is no longer here."),
    "too-many": N_("That was quick. Please wait a moment before you vote again."),
}


TAKEN = N_("Thank you. Your comment is being checked.")
FORGETFUL = N_(
    "Your browser does not let us keep anything here. After you reload or leave this page, "
    "we do not know your draft, your votes and your comments any more."
)


def show(form: Form, status: int = 200) -> Response:
    """Show the page with a form."""
    entries, url = form.entries, form.entries.thread
    # Own comments are read first, so that those shown as published are also in the list.
    own = own_comments.look_at_all()
    query = search.query()
    shown = search.search(url, query) if query else conversation.read(url)
    is_closed = discussion.is_closed(caller.core(), caller.site(), shown.thread)
    shown = replace(shown, is_closed=is_closed)
    # What the embedding page calls its article is passed on to the form, and shown nowhere: anybody
    # can write it into the frame's address.
    title = "" if shown.thread.title else entries.title
    page = render_template(
        "frame/page.html",
        site=caller.site(),
        shown=shown,
        list=listing.of(shown, title, identity.known()),
        thread=shown.thread,
        title=title,
        form=form,
        mine=own_comments.news(own, shown.thread.id),
        has_written=bool(own),
        said=_said(is_known=bool(own)),
        feed=_feed(shown.thread.url),
        html=present.html,
        now=caller.core().now(),
    )
    return make_response(page, status)


def back(thread: str, title: str, anchor: str, said: str | None = None) -> Response:
    """Redirect back to the page after a form was sent, at the given anchor."""
    site = caller.site().name
    address = url_for(
        "widget.get_frame", site=site, thread=thread, title=title, said=said, _anchor=anchor
    )
    return make_response(redirect(address, 303))


def _feed(article: str) -> str:
    return f"/api/v1/sites/{caller.site().name}/feed.atom?{urlencode({'thread': article})}"


def _said(*, is_known: bool) -> str:
    said = request.args.get("said", "")
    if said == SENT:
        # A browser without our cookies shows no card: then this is all that the author learns.
        return "" if is_known else f"{language.gettext(TAKEN)} {language.gettext(FORGETFUL)}"
    saying = SAYINGS.get(said)
    return language.gettext(saying) if saying else ""
