"""Readers' votes on comments and on articles."""

from collections.abc import Sequence

from service import networks
from service.core import Core
from service.domain import ids, voice
from service.domain.errors import CommentNotFound, ReaderUnknown
from service.domain.site import Site
from service.domain.thread import Thread
from service.domain.voice import Voices
from service.domain.vote import Direction, Tally
from service.readers.article import find_thread
from service.store.comments import comments, threads
from service.store.people import voices, votes
from service.store.people.allowances import Rate
from service.store.people.votes import Ballot

RATE = Rate(per_minute=60, burst=60)
# First votes on articles without comments: 20 an hour.
NEW_ARTICLES = Rate(per_minute=1 / 3, burst=30)


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
    ballot = _ballot(core, site, comment, address)
    return votes.cast_vote(record, thread, comment, voter, direction, ballot)


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
        # Anybody can make up addresses of articles: without this they would fill the store.
        networks.charge(core, site.name, "article", NEW_ARTICLES, address)
    thread = threads.open_(record, thread, now=core.now())
    ballot = _ballot(core, site, thread.id, address)
    return thread, votes.cast_article_vote(record, thread.id, voter, direction, ballot)


def settle(core: Core, site: Site) -> dict[str, int]:
    """Count votes that were set apart and look honest by now, and drop those that never did."""
    now = core.now()

    def allow(known: Voices, voters: Sequence[str]) -> Sequence[int]:
        return voice.allowed(known, voters, now=now)

    return voices.settle_due(core.at(site.name), allow, now=now)


def _admit(core: Core, site: Site, reader: str | None, address: str) -> str:
    if reader is None:
        raise ReaderUnknown
    networks.charge(core, site.name, "vote", RATE, address)
    return reader


def _ballot(core: Core, site: Site, target: str, address: str) -> Ballot:
    now, voters = core.now(), networks.voters(core, site.name, target, address)
    known = voices.of_networks(core.at(site.name), target, voters)
    return Ballot(now, now + voices.LOOK_EVERY, voters, voice.allowed(known, voters, now=now))
