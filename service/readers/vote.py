"""Readers' votes on comments and on articles."""

from service.core import Core
from service.domain import ids
from service.domain.errors import CommentNotFound, ReaderUnknown
from service.domain.site import Site
from service.domain.thread import Thread
from service.domain.vote import Direction, Tally
from service.readers.article import find_thread
from service.store.comments import comments, threads
from service.store.people import allowances, votes

RATE = allowances.Rate(per_minute=60, burst=60)
# First votes on articles without comments: 20 an hour.
NEW_ARTICLES = allowances.Rate(per_minute=1 / 3, burst=30)


def vote_on_comment(
    core: Core, site: Site, comment: str, reader: str | None, direction: Direction, address: str
) -> Tally:
    """Set, change or withdraw a reader's vote on a comment.

    :raises ReaderUnknown: the reader's token is missing.
    :raises NotVotable: it is not approved, or is the reader's own.
    """
    voter = _admit(core, site, reader, address)
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    record = core.at(site.name)
    thread = comments.get(record, comment).thread
    return votes.cast_vote(record, thread, comment, voter, direction)


def vote_on_article(
    core: Core, site: Site, url: str, reader: str | None, direction: Direction, address: str
) -> tuple[Thread, Tally]:
    """Set, change or withdraw a reader's vote on an article.

    :raises Invalid: the address does not belong to the site.
    :raises TooMany: this network votes too often, or on too many new articles.
    """
    thread = find_thread(site, url)
    voter = _admit(core, site, reader, address)
    record = core.at(site.name)
    if not threads.is_known(record, thread.id):
        # Nothing is stored for an address that nobody has voted on.
        if direction is Direction.NONE:
            return thread, Tally(0, 0)
        _admit_article(core, site, address)
    thread = threads.open_(record, thread, now=core.now())
    return thread, votes.cast_article_vote(record, thread.id, voter, direction)


def _admit_article(core: Core, site: Site, address: str) -> None:
    """Charge the first vote on an article that nobody has commented or voted on.

    Anybody can make up addresses of articles: without this they would fill the store.
    """
    network = core.signer.pseudonym(site.name, "address", address)
    key = core.at(site.name).keys.allowance("article", network)
    allowances.take(core.redis, key, NEW_ARTICLES, now=core.now())


def _admit(core: Core, site: Site, reader: str | None, address: str) -> str:
    if reader is None:
        raise ReaderUnknown
    network = core.signer.pseudonym(site.name, "address", address)
    key = core.at(site.name).keys.allowance("vote", network)
    allowances.take(core.redis, key, RATE, now=core.now())
    return reader
