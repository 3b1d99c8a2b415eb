"""A page of comments laid out as a conversation: answers stand one level under what they answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from service import reading
from service.domain.comment import Comment
from service.domain.errors import Invalid, TooMany
from service.domain.thread import Thread
from service.domain.vote import Direction
from service.store.threads import Order
from service.web import caller, readership

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One comment with the answers that stand under it; `answers_to` names whom it answers.

    It is "" where that needs no saying: it answers nobody, or what stands right above it.
    """

    comment: Comment
    answers_to: str = ""
    answers: "list[Turn]" = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What the reader asked to see: a page of the thread, or what a search found in it."""

    thread: Thread
    turns: list[Turn]
    next: str = ""
    order: Order = Order.NEWEST
    query: str = ""
    fault: str = ""
    votes: Mapping[str, Direction] = field(default_factory=dict)


def read(url: str) -> Conversation:
    """Read what the request asks for of one article.

    :raises Invalid: the address is none of the site's.
    """
    query = " ".join(request.args.get("q", "").split())
    return _search(url, query) if query else _page(url)


def lay_out(found: Sequence[Comment], elsewhere: Mapping[str, Comment]) -> list[Turn]:
    """Put every answer under the topmost comment of its exchange that is on the page."""
    here = {comment.id: comment for comment in found}
    under: dict[str, list[Turn]] = defaultdict(list)
    for comment in sorted(found, key=lambda one: one.created_at):
        if (top := _top(comment, here)) is not comment:
            answered = here[str(comment.parent)]
            named = "" if answered is top else answered.name
            under[top.id].append(Turn(comment=comment, answers_to=named))
    return [
        Turn(comment=one, answers_to=_far(one, elsewhere), answers=under[one.id])
        for one in found
        if one.parent not in here
    ]


def _page(url: str) -> Conversation:
    core, site, order = caller.core(), caller.site(), _order()
    cursor = request.args.get("cursor", "")[:100]
    page = reading.read_thread(core, site, url, order, limit=PAGE, cursor=cursor)
    elsewhere = reading.answered(core, site, page.comments)
    return Conversation(
        thread=page.thread,
        turns=lay_out(page.comments, elsewhere),
        next=page.next,
        order=order,
        votes=reading.votes_of(core, site, page, readership.known()),
    )


def _search(url: str, query: str) -> Conversation:
    core, site = caller.core(), caller.site()
    thread = reading.count(core, site, [url])[0]
    try:
        found, _, following = reading.search_comments(
            core,
            site,
            query,
            address=caller.address(),
            url=url,
            cursor=request.args.get("cursor", "")[:20],
        )
    except (Invalid, TooMany) as refused:
        return Conversation(thread=thread, turns=[], query=query, fault=_fault(refused))
    page = reading.Page(thread, found, following)
    elsewhere = {one.id: one for one in found} | reading.answered(core, site, found)
    return Conversation(
        thread=thread,
        turns=[Turn(comment=one, answers_to=_far(one, elsewhere)) for one in found],
        next=following,
        query=query,
        votes=reading.votes_of(core, site, page, readership.known()),
    )


def _top(comment: Comment, here: Mapping[str, Comment]) -> Comment:
    while comment.parent and comment.parent in here:
        comment = here[comment.parent]
    return comment


def _far(comment: Comment, elsewhere: Mapping[str, Comment]) -> str:
    if not comment.parent:
        return ""
    answered = elsewhere.get(comment.parent)
    return answered.name if answered else "a comment that is no longer here"


def _order() -> Order:
    asked = request.args.get("sort", "")
    return Order(asked) if asked in list(Order) else Order.NEWEST


def _fault(refused: Invalid | TooMany) -> str:
    if isinstance(refused, TooMany):
        return f"Please wait {max(1, round(refused.retry_after))} seconds before you search again."
    return refused.faults[0].detail
