"""The requested part of an article's conversation: a page, an exchange or a comment's place."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from flask import request

from service.domain.comment import Comment
from service.domain.errors import CommentNotFound
from service.domain.thread import Order, Thread
from service.domain.vote import OwnVote
from service.readers import discussion, exchange
from service.readers.exchange import Exchange
from service.web.frame import branches, identity
from service.web.frame.branches import Branch
from service.web.http import caller

PAGE = 50
# The parameters that select the part of an article's conversation.
PLACE = ("sort", "q", "in", "root", "comment", "cursor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A part of an article's conversation, and everything around it.

    `marked` is the requested comment, and `is_gone` tells whether it no longer exists; `is_part`
    tells whether there is more before this part, `is_closed` whether the article takes no more
    comments. `asked` and `following` are the parameters of the first and of the next page.
    """

    thread: Thread
    branches: Sequence[Branch]
    next: str = ""
    order: Order = Order.NEWEST
    query: str = ""
    everywhere: bool = False
    fault: str = ""
    marked: str = ""
    is_gone: bool = False
    is_part: bool = False
    is_closed: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)
    votes: Mapping[str, OwnVote] = field(default_factory=dict)

    @property
    def here(self) -> dict[str, str]:
        """The parameters of the address of exactly this part."""
        return {name: request.args[name] for name in PLACE if request.args.get(name)}

    @property
    def following(self) -> dict[str, str]:
        """The parameters of the next page."""
        return {**self.asked, "cursor": self.next}

    def address(self, branch: Branch) -> str:
        """Return the address of a comment's article."""
        return branch.article.url if branch.article else self.thread.url


def read(url: str) -> Conversation:
    """Read the requested part of an article's conversation.

    :raises Invalid: the address does not belong to the site.
    """
    try:
        if root := request.args.get("root", ""):
            return _exchange(url, root)
        if comment := request.args.get("comment", ""):
            return _around(url, comment)
    except CommentNotFound:
        return replace(_page(url), is_gone=True)
    return _page(url, cursor=cursor())


def cursor() -> str:
    """Return the cursor of the request."""
    return request.args.get("cursor", "")[:100]


def votes_of(thread: Thread, shown: Sequence[Comment]) -> Mapping[str, OwnVote]:
    """Return the reader's votes on an article and its comments."""
    return discussion.votes_of(caller.core(), caller.site(), thread, shown, identity.known())


def _page(url: str, *, cursor: str = "", whole: str = "") -> Conversation:
    core, site, order = caller.core(), caller.site(), _order()
    page = exchange.read_page(core, site, url, order, limit=PAGE, cursor=cursor, whole=whole)
    laid_out = [branches.lay_out(shown) for shown in page.exchanges]
    return Conversation(
        thread=page.thread,
        branches=laid_out,
        next=page.next,
        order=order,
        is_part=bool(cursor),
        asked={} if order is Order.NEWEST else {"sort": order.value},
        votes=votes_of(page.thread, branches.shown(laid_out)),
    )


def _exchange(url: str, root: str) -> Conversation:
    core, site = caller.core(), caller.site()
    page = exchange.read_answers(core, site, root, cursor=cursor())
    return _part(url, root, page.comments, rest=page.next)


def _around(url: str, comment: str) -> Conversation:
    core, site = caller.core(), caller.site()
    position = exchange.find_position(core, site, url, _order(), comment)
    page = replace(_page(url, cursor=position.cursor, whole=position.root), marked=comment)
    if comment in {shown.id for shown in branches.shown(page.branches)}:
        return page
    # The page does not reach this far down a long exchange: show the comment alone.
    alone = discussion.read_comment(core, site, comment)
    return replace(_part(url, position.root, (alone,)), marked=comment)


def _part(url: str, root: str, answers: Sequence[Comment], rest: str = "") -> Conversation:
    core, site = caller.core(), caller.site()
    thread = discussion.count(core, site, [url])[0]
    part = Exchange(root=root, comment=_find_root(root), answers=tuple(answers))
    laid_out = [branches.lay_out(part, rest=rest)]
    shown = branches.shown(laid_out)
    if any(comment.thread != thread.id for comment in shown) or not shown:
        raise CommentNotFound(root)
    return Conversation(
        thread=thread,
        branches=laid_out,
        order=_order(),
        is_part=True,
        votes=votes_of(thread, shown),
    )


def _find_root(root: str) -> Comment | None:
    with suppress(CommentNotFound):
        return discussion.read_comment(caller.core(), caller.site(), root)
    return None


def _order() -> Order:
    order = request.args.get("sort", "")
    return Order(order) if order in list(Order) else Order.NEWEST
