"""Readers read: a thread's comments, one comment, counts, and what a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound, Fault, Invalid
from service.domain.queue_filters import QueueFilters, State
from service.domain.sentences import counted
from service.domain.site import Site
from service.domain.thread import Thread
from service.domain.vote import Direction
from service.readers.intake.admission import article
from service.store.comments import comments, search, threads
from service.store.comments.threads import Order
from service.store.desk import queues
from service.store.people import allowances, votes

MAX_PAGE = 100
MAX_THREADS = 100
MAX_QUERY = 200
SEARCHES = allowances.Rate(per_minute=30, burst=20)


@dataclass(frozen=True, slots=True)
class Page:
    """Some comments of a thread, and the cursor of the next page."""

    thread: Thread
    comments: list[Comment]
    next: str


@dataclass(frozen=True, slots=True)
class Latest:
    """Comments, the newest first, with the articles they belong to by their ids."""

    comments: list[Comment]
    threads: dict[str, Thread]


def read_thread(
    core: Core, site: Site, url: str, order: Order, *, limit: int = 50, cursor: str = ""
) -> Page:
    """Give one page of a thread's approved comments.

    :raises Invalid: the address is none of the site's.
    """
    record, named = core.at(site.name), article(site, url)
    thread = threads.get(record, named.url)
    found, following = threads.page(
        record, thread.id, order, limit=min(limit, MAX_PAGE), cursor=cursor
    )
    return Page(thread, _approved(comments.get_many(record, found)), following)


def read_comment(core: Core, site: Site, comment: str, receipt: str = "") -> Comment:
    """Give an approved comment to anybody, and its author's in any state to him.

    :raises CommentNotFound: there is none, or this reader may not see it.
    """
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    found = comments.get(core.at(site.name), comment)
    mine = bool(receipt) and core.signer.is_receipt(site.name, comment, receipt)
    if found.status is not Status.APPROVED and not mine:
        raise CommentNotFound(comment)
    return found


def latest(core: Core, site: Site, *, url: str = "", limit: int = 50) -> Latest:
    """Give the latest approved comments of a site, or of one article.

    :raises Invalid: the address is none of the site's.
    """
    record = core.at(site.name)
    if url:
        page = read_thread(core, site, url, Order.NEWEST, limit=limit)
        return Latest(page.comments, {page.thread.id: page.thread})
    choice = QueueFilters(state=State.APPROVED)
    found = queues.page(record, choice, limit=limit, now=core.now()).ids
    shown = _approved(comments.get_many(record, found))
    named = threads.titles(record, sorted({comment.thread for comment in shown}))
    return Latest(shown, named)


def is_closed(core: Core, site: Site, thread: Thread) -> bool:
    """Tell whether an article is too old to be commented on."""
    days = site.policy.closed_after_days
    if not days:
        return False
    opened = threads.opened_at(core.at(site.name), thread.id)
    return opened is not None and core.now() - opened > timedelta(days=days)


def count(core: Core, site: Site, urls: Sequence[str]) -> list[Thread]:
    """Count comments and votes of up to 100 articles, in the order asked.

    :raises Invalid: an address is none of the site's, or there are too many.
    """
    if not 0 < len(urls) <= MAX_THREADS:
        most = counted(
            "Ask for at most %(count)s thread at once.",
            "Ask for 1 to %(count)s threads at once.",
            MAX_THREADS,
        )
        raise Invalid(Fault("thread", "how-many", most))
    addresses = [article(site, url).url for url in urls]
    return threads.get_many(core.at(site.name), addresses)


def search_comments(
    core: Core,
    site: Site,
    query: str,
    *,
    address: str,
    url: str = "",
    limit: int = 20,
    cursor: str = "",
) -> tuple[list[Comment], dict[str, Thread], str]:
    """Find approved comments by words, with the articles they belong to.

    :raises Invalid: there is nothing to search for.
    :raises TooMany: this address searches too often.
    """
    if not search.words(query) or len(query) > MAX_QUERY:
        wanted = counted(
            "Please give a word to search for (at most %(count)s character).",
            "Please give a word to search for (at most %(count)s characters).",
            MAX_QUERY,
        )
        raise Invalid(Fault("q", "empty" if len(query) <= MAX_QUERY else "too-long", wanted))
    record = core.at(site.name)
    thread = article(site, url).id if url else ""
    who = core.signer.pseudonym(site.name, "address", address)
    allowances.take(core.redis, record.keys.allowance("search", who), SEARCHES, now=core.now())
    found, following = search.find(
        record, query, limit=min(limit, MAX_PAGE), thread=thread, cursor=cursor
    )
    titles = threads.titles(record, sorted({comment.thread for comment in found}))
    return found, titles, following


def votes_of(core: Core, site: Site, page: Page, reader: str | None) -> dict[str, Direction]:
    """Tell how a reader has voted on a page's article and comments."""
    if reader is None:
        return {}
    targets = [page.thread.id, *(comment.id for comment in page.comments)]
    return votes.of_voter(core.at(site.name), targets, reader)


def answered(core: Core, site: Site, found: Sequence[Comment]) -> dict[str, Comment]:
    """Give the approved comments elsewhere that some of these answer, by their ids."""
    here = {comment.id for comment in found}
    wanted = sorted({comment.parent for comment in found if comment.parent} - here)
    elsewhere = _approved(comments.get_many(core.at(site.name), wanted))
    return {comment.id: comment for comment in elsewhere}


def _approved(found: list[Comment]) -> list[Comment]:
    return [comment for comment in found if comment.status is Status.APPROVED]
