"""Readers follow a conversation: exchange by exchange, and all the answers of one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound
from service.domain.site import Site
from service.domain.thread import Order, Thread
from service.readers.article import find_thread
from service.store.comments import comments, exchanges, threads

MAX_PAGE = 50
# So many answers are shown with a comment before one has to ask for the rest.
FIRST_ANSWERS = 10
# A whole exchange is read at once up to here; what is beyond is read page by page.
MAX_ANSWERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A comment that answers nobody, and the answers in its exchange, the oldest first.

    `comment` is None where readers may not see it any more, though answers to it still stand.
    `left` is how many answers there are beyond these.
    """

    root: str
    comment: Comment | None
    answers: tuple[Comment, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """Some exchanges of an article, and the cursor of the next page."""

    thread: Thread
    exchanges: tuple[Exchange, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Some answers of one exchange, the oldest first, and the cursor of the next page."""

    comments: tuple[Comment, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class ListPosition:
    """Where a comment stands: its exchange, and the cursor of the page that begins with that."""

    root: str
    cursor: str


def read_page(
    core: Core,
    site: Site,
    url: str,
    order: Order,
    *,
    limit: int = 20,
    cursor: str = "",
    whole: str = "",
) -> ExchangePage:
    """Give one page of an article's exchanges, each with its first answers.

    The exchange that begins with `whole` comes with up to 200 of its answers.

    :raises Invalid: the address is none of the site's.
    """
    record, address = core.at(site.name), find_thread(site, url).url
    thread = threads.get(record, address)
    roots, following = exchanges.page(
        record, thread.id, order, limit=min(limit, MAX_PAGE), cursor=cursor
    )
    answers = exchanges.answers(record, roots, limit=FIRST_ANSWERS)
    if whole in answers:
        answers |= exchanges.answers(record, [whole], limit=MAX_ANSWERS)
    return ExchangePage(thread, _exchanges(core, site, answers), following)


def read_answers(
    core: Core, site: Site, root: str, *, limit: int = MAX_PAGE, cursor: str = ""
) -> AnswerPage:
    """Give answers of one exchange from a cursor on.

    :raises CommentNotFound: this is no id.
    """
    if not ids.is_id(root):
        raise CommentNotFound(root)
    record = core.at(site.name)
    answers, following = exchanges.more_answers(
        record, root, limit=min(limit, MAX_PAGE), cursor=cursor
    )
    return AnswerPage(tuple(_visible(core, site, answers)), following)


def find_position(core: Core, site: Site, url: str, order: Order, comment_id: str) -> ListPosition:
    """Find the place of an approved comment in the list of its article.

    :raises CommentNotFound: it is not (or no longer) to be seen there.
    :raises Invalid: the address is none of the site's.
    """
    record, thread = core.at(site.name), find_thread(site, url).id
    visible = _visible(core, site, [comment_id]) if ids.is_id(comment_id) else []
    for comment in visible:
        root = comment.root or comment.id
        cursor = exchanges.cursor_of(record, thread, order, root)
        if comment.thread == thread and cursor is not None:
            return ListPosition(root, cursor)
    raise CommentNotFound(comment_id)


def _exchanges(
    core: Core, site: Site, answers: Mapping[str, tuple[list[str], int]]
) -> tuple[Exchange, ...]:
    wanted = [id_ for root, (first, _) in answers.items() for id_ in (root, *first)]
    visible = {comment.id: comment for comment in _visible(core, site, wanted)}
    return tuple(
        Exchange(
            root=root,
            comment=visible.get(root),
            answers=tuple(visible[id_] for id_ in first if id_ in visible),
            left=count - len(first),
        )
        for root, (first, count) in answers.items()
    )


def _visible(core: Core, site: Site, wanted: Sequence[str]) -> list[Comment]:
    candidates = comments.get_many(core.at(site.name), wanted)
    return [comment for comment in candidates if comment.status is Status.APPROVED]
