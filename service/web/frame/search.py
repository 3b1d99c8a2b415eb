"""A reader searches the comments of an article, or of all articles of the site."""

from collections.abc import Mapping

from flask import request

from service.domain.comment import Comment
from service.domain.errors import Invalid, TooMany
from service.domain.sentences import Sentence, counted
from service.domain.thread import Thread
from service.readers import threads
from service.web.frame import view
from service.web.frame.branches import Branch
from service.web.frame.view import Conversation
from service.web.http import caller, language


def query() -> str:
    """Give what the request searches for, "" if it does not search."""
    return " ".join(request.args.get("q", "").split())


def search(url: str, wanted: str) -> Conversation:
    """Find comments by their words; what cannot be searched for is said.

    :raises Invalid: the address is none of the site's.
    """
    core, site = caller.core(), caller.site()
    thread = threads.count(core, site, [url])[0]
    everywhere = request.args.get("in", "") == "site"
    try:
        found, articles, following = threads.search_comments(
            core,
            site,
            wanted,
            address=caller.address(),
            url="" if everywhere else url,
            cursor=view.cursor()[:60],
        )
    except (Invalid, TooMany) as refused:
        fault = language.say(_why(refused))
        return Conversation(
            thread=thread, branches=[], query=wanted, everywhere=everywhere, fault=fault
        )
    named = {one.id: one for one in found} | threads.answered(core, site, found)
    return Conversation(
        thread=thread,
        branches=[
            _branch(one, named, articles[one.thread] if everywhere else None) for one in found
        ],
        next=following,
        query=wanted,
        everywhere=everywhere,
        asked={"q": wanted, **({"in": "site"} if everywhere else {})},
        votes=view.votes_of(thread, found),
    )


def _branch(comment: Comment, named: Mapping[str, Comment], article: Thread | None) -> Branch:
    answered = named.get(comment.parent or "")
    to = answered.name if answered else None if comment.parent else ""
    return Branch(id=comment.id, comment=comment, answers_to=to, article=article)


def _why(refused: Invalid | TooMany) -> str | Sentence:
    if isinstance(refused, Invalid):
        return refused.faults[0].sentence
    return counted(
        "Please wait %(count)s second before you search again.",
        "Please wait %(count)s seconds before you search again.",
        max(1, round(refused.retry_after)),
    )
