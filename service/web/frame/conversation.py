"""What the reader asked to see of an article: a page of it, one exchange, or a comment's place."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from flask import request

from service.domain.comment import Comment
from service.domain.errors import CommentNotFound
from service.domain.thread import Order, Thread
from service.domain.vote import Direction
from service.readers import discussion, exchange
from service.readers.exchange import Exchange
from service.web.frame import branches, identity
from service.web.frame.branches import Branch
from service.web.http import caller

PAGE = 50
# What of an address says which part of an article's conversation it leads to.
PLACE = ("sort", "q", "in", "root", "comment", "cursor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Turns of an article's conversation, and everything around them.

    `marked` is the comment that was asked for, `is_gone` if it is not there any more; `is_part`
    where there is more before these, `is_closed` if nobody can write here any more. `asked` and
    `following` are the parameters of the address of its first page, and of the one to the next.
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
    votes: Mapping[str, Direction] = field(default_factory=dict)

    @property
    def here(self) -> dict[str, str]:
        """The parameters of the address that leads to just this again."""
        return {name: request.args[name] for name in PLACE if request.args.get(name)}

    @property
    def following(self) -> dict[str, str]:
        """The parameters of the next page."""
        return {**self.asked, "cursor": self.next}

    def address(self, branch: Branch) -> str:
        """Give the address of the article in which a comment stands."""
        return branch.article.url if branch.article else self.thread.url


def read(url: str) -> Conversation:
    """Read what the request asks for of one article.

    :raises Invalid: the address is none of the site's.
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
    """Give the cursor that the request carries."""
    return request.args.get("cursor", "")[:100]


def votes_of(thread: Thread, shown: Sequence[Comment]) -> Mapping[str, Direction]:
    """Tell how the reader has voted on an article and comments of it."""
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
    # So far down a long exchange that its page does not show it: then it stands alone.
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
