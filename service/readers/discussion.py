"""Reading for readers: a thread's comments, one comment, counts and search results."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from service import networks
from service.core import Core
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound, Fault, Invalid
from service.domain.queue_filters import QueueFilters, State
from service.domain.sentences import counted
from service.domain.site import Site
from service.domain.thread import Order, Thread
from service.domain.thread_state import ThreadState
from service.domain.vote import OwnVote
from service.readers.article import find_thread
from service.store.comments import comments, index, search, threads
from service.store.desk import queues
from service.store.people import allowances, votes

MAX_PAGE = 100
MAX_THREADS = 100
MAX_QUERY = 200
SEARCHES = allowances.Rate(per_minute=30, burst=20)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Some comments of a thread, and the cursor of the next page."""

    thread: Thread
    comments: list[Comment]
    next: str


@dataclass(frozen=True, slots=True)
class CommentList:
    """Comments of several articles, newest first, and these articles by id.

    `next` is the cursor of the next page, "" at the end.
    """

    comments: list[Comment]
    threads: dict[str, Thread]
    next: str = ""


def read_thread(
    core: Core, site: Site, url: str, order: Order, *, limit: int = 50, cursor: str = ""
) -> CommentPage:
    """Return one page of a thread's approved comments.

    :raises Invalid: the address does not belong to the site.
    """
    record, address = core.at(site.name), find_thread(site, url).url
    thread = threads.get(record, address)
    page, following = threads.page(
        record, thread.id, order, limit=min(limit, MAX_PAGE), cursor=cursor
    )
    return CommentPage(thread, _approved(comments.get_many(record, page)), following)


def read_comment(core: Core, site: Site, comment_id: str, receipt: str = "") -> Comment:
    """Return a comment: to anybody if it is approved, to its author in any status.

    :raises CommentNotFound: it does not exist, or this reader may not see it.
    """
    if not ids.is_id(comment_id):
        raise CommentNotFound(comment_id)
    comment = comments.get(core.at(site.name), comment_id)
    is_mine = bool(receipt) and core.signer.is_receipt(site.name, comment_id, receipt)
    if comment.status is not Status.APPROVED and not is_mine:
        raise CommentNotFound(comment_id)
    return comment


def read_latest(core: Core, site: Site, *, url: str = "", limit: int = 50) -> CommentList:
    """Return the latest approved comments of a site, or of one article.

    :raises Invalid: the address does not belong to the site.
    """
    record = core.at(site.name)
    if url:
        page = read_thread(core, site, url, Order.NEWEST, limit=limit)
        return CommentList(page.comments, {page.thread.id: page.thread})
    choice = QueueFilters(state=State.APPROVED)
    latest = queues.page(record, choice, limit=limit, now=core.now()).ids
    shown = _approved(comments.get_many(record, latest))
    return CommentList(shown, _threads_of(core, site, shown))


def is_closed(core: Core, site: Site, thread: Thread) -> bool:
    """Tell whether an article takes no new comments: the desk closed it, or it is too old."""
    record, days = core.at(site.name), site.policy.closed_after_days
    if threads.states(record, [thread.id])[thread.id] is ThreadState.CLOSED:
        return True
    if not days:
        return False
    opened = threads.opened_at(record, thread.id)
    return opened is not None and core.now() - opened > timedelta(days=days)


def count(core: Core, site: Site, urls: Sequence[str]) -> list[Thread]:
    """Count comments and votes of up to 100 articles, in the order and by the addresses requested.

    :raises Invalid: an address does not belong to the site, or there are none or too many.
    """
    if not 0 < len(urls) <= MAX_THREADS:
        most = counted(
            "Ask for at most %(count)s thread at once.",
            "Ask for 1 to %(count)s threads at once.",
            MAX_THREADS,
        )
        raise Invalid(Fault("thread", "how-many", most))
    addresses = [find_thread(site, url).url for url in urls]
    found = threads.get_many(core.at(site.name), addresses)
    return [replace(one, url=url) for one, url in zip(found, addresses, strict=True)]


def search_comments(
    core: Core,
    site: Site,
    query: str,
    *,
    address: str,
    url: str = "",
    limit: int = 20,
    cursor: str = "",
) -> CommentList:
    """Find approved comments by words, with their articles.

    :raises Invalid: the query has no words or is too long.
    :raises TooMany: this address searches too often.
    """
    _insist_on_words(query)
    record = core.at(site.name)
    thread = threads.get(record, find_thread(site, url).url).id if url else ""
    networks.charge(core, site.name, "search", SEARCHES, address)
    matches, following = search.find(
        record, query, limit=min(limit, MAX_PAGE), thread=thread, cursor=cursor
    )
    return CommentList(matches, _threads_of(core, site, matches), following)


def votes_of(
    core: Core, site: Site, thread: Thread, shown: Sequence[Comment], reader: str | None
) -> dict[str, OwnVote]:
    """Return a reader's votes on an article and its comments."""
    if reader is None:
        return {}
    targets = [thread.id, *(comment.id for comment in shown)]
    return votes.of_voter(core.at(site.name), targets, reader)


def answered_elsewhere(core: Core, site: Site, shown: Sequence[Comment]) -> dict[str, Comment]:
    """Return, by id, the approved comments that these answer and that are not among them."""
    here = {comment.id for comment in shown}
    parents = sorted({comment.parent for comment in shown if comment.parent} - here)
    elsewhere = _approved(comments.get_many(core.at(site.name), parents))
    return {comment.id: comment for comment in elsewhere}


def _insist_on_words(query: str) -> None:
    if index.words(query) and len(query) <= MAX_QUERY:
        return
    advice = counted(
        "Please give a word to search for (at most %(count)s character).",
        "Please give a word to search for (at most %(count)s characters).",
        MAX_QUERY,
    )
    raise Invalid(Fault("q", "empty" if len(query) <= MAX_QUERY else "too-long", advice))


def _threads_of(core: Core, site: Site, shown: Sequence[Comment]) -> dict[str, Thread]:
    return threads.titles(core.at(site.name), sorted({comment.thread for comment in shown}))


def _approved(candidates: Sequence[Comment]) -> list[Comment]:
    return [comment for comment in candidates if comment.status is Status.APPROVED]
