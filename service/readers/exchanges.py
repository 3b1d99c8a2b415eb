"""Readers follow a conversation: exchange by exchange, and all the answers of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound
from service.domain.site import Site
from service.domain.thread import Thread
from service.readers.intake.admission import article
from service.store.comments import comments, exchanges, threads
from service.store.comments.threads import Order

MAX_PAGE = 50
# So many answers are shown with a comment before one has to ask for the rest.
FIRST_ANSWERS = 10
# A whole exchange is read at once up to here; whoever wants more goes on page by page.
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
class Conversation:
    """Some exchanges of an article, and the cursor of the next page."""

    thread: Thread
    exchanges: tuple[Exchange, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Some answers of one exchange, the oldest first, and the cursor of the next page."""

    comments: tuple[Comment, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: its exchange, and the cursor of the page that begins with that."""

    root: str
    cursor: str


def read_conversation(
    core: Core,
    site: Site,
    url: str,
    order: Order,
    *,
    limit: int = 20,
    cursor: str = "",
    whole: str = "",
) -> Conversation:
    """Give one page of an article's exchanges, each with its first answers.

    The exchange that begins with `whole` comes with up to 200 of its answers.

    :raises Invalid: the address is none of the site's.
    """
    record, named = core.at(site.name), article(site, url)
    thread = threads.get(record, named.url)
    roots, following = exchanges.page(
        record, thread.id, order, limit=min(limit, MAX_PAGE), cursor=cursor
    )
    found = exchanges.answers(record, roots, limit=FIRST_ANSWERS)
    if whole in found:
        found |= exchanges.answers(record, [whole], limit=MAX_ANSWERS)
    return Conversation(thread, _exchanges(core, site, found), following)


def read_answers(
    core: Core, site: Site, root: str, *, limit: int = MAX_PAGE, cursor: str = ""
) -> Answers:
    """Give answers of one exchange from a cursor on.

    :raises CommentNotFound: this is no id.
    """
    if not ids.is_id(root):
        raise CommentNotFound(root)
    record = core.at(site.name)
    found, following = exchanges.more_answers(
        record, root, limit=min(limit, MAX_PAGE), cursor=cursor
    )
    return Answers(tuple(_visible(core, site, found)), following)


def place_of(core: Core, site: Site, url: str, order: Order, comment: str) -> Place:
    """Find the place of an approved comment in the list of its article.

    :raises CommentNotFound: it is not (or no longer) to be seen there.
    :raises Invalid: the address is none of the site's.
    """
    record, thread = core.at(site.name), article(site, url).id
    visible = _visible(core, site, [comment]) if ids.is_id(comment) else []
    for found in visible:
        root = found.root or found.id
        cursor = exchanges.cursor_of(record, thread, order, root)
        if found.thread == thread and cursor is not None:
            return Place(root, cursor)
    raise CommentNotFound(comment)


def _exchanges(
    core: Core, site: Site, found: dict[str, tuple[list[str], int]]
) -> tuple[Exchange, ...]:
    wanted = [id_ for root, (answers, _) in found.items() for id_ in (root, *answers)]
    seen = {comment.id: comment for comment in _visible(core, site, wanted)}
    return tuple(
        Exchange(
            root=root,
            comment=seen.get(root),
            answers=tuple(seen[id_] for id_ in answers if id_ in seen),
            left=count - len(answers),
        )
        for root, (answers, count) in found.items()
    )


def _visible(core: Core, site: Site, wanted: Sequence[str]) -> list[Comment]:
    found = comments.get_many(core.at(site.name), wanted)
    return [comment for comment in found if comment.status is Status.APPROVED]
