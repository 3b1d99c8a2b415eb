"""Search in the comments of an article, or of all articles of the site."""

from collections.abc import Mapping

from flask import request

from service.domain.comment import Comment
from service.domain.errors import Invalid, TooMany
from service.domain.sentences import Sentence, counted
from service.domain.thread import Thread
from service.readers import discussion
from service.web.frame import conversation
from service.web.frame.branches import Branch
from service.web.frame.conversation import Conversation
from service.web.http import caller, language


def query() -> str:
    """Return the query of the request, "" without one."""
    return " ".join(request.args.get("q", "").split())


def search(url: str, words: str) -> Conversation:
    """Find comments by their words; an invalid query becomes a fault on the page.

    :raises Invalid: the address does not belong to the site.
    """
    core, site = caller.core(), caller.site()
    thread = discussion.count(core, site, [url])[0]
    everywhere = request.args.get("in", "") == "site"
    try:
        matches = discussion.search_comments(
            core,
            site,
            words,
            address=caller.address(),
            url="" if everywhere else url,
            cursor=conversation.cursor()[:60],
        )
    except (Invalid, TooMany) as refused:
        fault = language.say(_why(refused))
        return Conversation(
            thread=thread, branches=[], query=words, everywhere=everywhere, fault=fault
        )
    shown = matches.comments
    elsewhere = discussion.answered_elsewhere(core, site, shown)
    by_id = {comment.id: comment for comment in shown} | elsewhere
    return Conversation(
        thread=thread,
        branches=[
            _branch(comment, by_id, matches.threads[comment.thread] if everywhere else None)
            for comment in shown
        ],
        next=matches.next,
        query=words,
        everywhere=everywhere,
        asked={"q": words, **({"in": "site"} if everywhere else {})},
        votes=conversation.votes_of(thread, shown),
    )


def _branch(comment: Comment, by_id: Mapping[str, Comment], article: Thread | None) -> Branch:
    answered = by_id.get(comment.parent or "")
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
