"""Conversations for readers: exchanges page by page, and all answers of one exchange."""

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
# Answers shown with a comment; the reader asks for the rest.
FIRST_ANSWERS = 10
# Answers of a whole exchange read at once; the rest is read page by page.
MAX_ANSWERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A top-level comment and the answers in its exchange, oldest first.

    `comment` is None if readers can no longer see it while answers to it are still shown.
    `left` counts the answers beyond these.
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
    """Some answers of one exchange, oldest first, and the cursor of the next page."""

    comments: tuple[Comment, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class ListPosition:
    """A comment's place in the list: its exchange, and the cursor of the page that starts there."""

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
    """Return one page of an article's exchanges, each with its first answers.

    The exchange whose root is `whole` comes with up to 200 of its answers.

    :raises Invalid: the address does not belong to the site.
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
    """Return answers of one exchange, starting at a cursor.

    :raises CommentNotFound: `root` is not an id.
    """
    if not ids.is_id(root):
        raise CommentNotFound(root)
    record = core.at(site.name)
    answers, following = exchanges.more_answers(
        record, root, limit=min(limit, MAX_PAGE), cursor=cursor
    )
    return AnswerPage(tuple(_visible(core, site, answers)), following)


def find_position(core: Core, site: Site, url: str, order: Order, comment_id: str) -> ListPosition:
    """Find the place of an approved comment in its article's list.

    :raises CommentNotFound: it is not, or no longer, visible there.
    :raises Invalid: the address does not belong to the site.
    """
    record = core.at(site.name)
    thread = threads.get(record, find_thread(site, url).url).id
    visible = _visible(core, site, [comment_id]) if ids.is_id(comment_id) else []
    for comment in visible:
        root = comment.root or comment.id
        cursor = exchanges.cursor_of(record, thread, order, root)
        if cursor is not None:
            return ListPosition(root, cursor)
    raise CommentNotFound(comment_id)


def _exchanges(
    core: Core, site: Site, answers: Mapping[str, tuple[list[str], int]]
) -> tuple[Exchange, ...]:
    comment_ids = [id_ for root, (first, _) in answers.items() for id_ in (root, *first)]
    visible = {comment.id: comment for comment in _visible(core, site, comment_ids)}
    return tuple(
        Exchange(
            root=root,
            comment=visible.get(root),
            answers=tuple(visible[id_] for id_ in first if id_ in visible),
            left=count - len(first),
        )
        for root, (first, count) in answers.items()
    )


def _visible(core: Core, site: Site, comment_ids: Sequence[str]) -> list[Comment]:
    candidates = comments.get_many(core.at(site.name), comment_ids)
    return [comment for comment in candidates if comment.status is Status.APPROVED]
