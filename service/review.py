"""A moderator works through a queue: look, claim, decide."""

from dataclasses import dataclass

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.decision import Action
from service.domain.errors import CommentNotFound, Fault, Invalid, NotAllowed, StaleStatus
from service.domain.flag import Flag
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.domain.thread import Thread
from service.store import authors, claims, comments, flags, history, queues, search, threads
from service.store.queues import State

MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that a moderator sees of one comment before he decides."""

    comment: Comment
    thread: Thread
    parent: Comment | None
    record: authors.Record
    flags: list[Flag]
    history: list[history.Entry]
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of a queue with the size of every queue of the site."""

    cards: list[Card]
    counts: dict[State, int]
    next: str


def look(
    core: Core,
    site: Site,
    moderator: Moderator,
    state: State,
    *,
    limit: int = 25,
    cursor: str = "",
    oldest: bool = True,
) -> Queue:
    """Open one page of a queue.

    :raises NotAllowed: the site is not this moderator's.
    """
    if not moderator.may_see(site.name):
        raise NotAllowed(site.name)
    keys = core.keys(site.name)
    found, following = queues.page(
        core.redis, keys, state, limit=limit, cursor=cursor, oldest=oldest
    )
    cards = _cards(core, site, comments.get_many(core.redis, keys, found))
    return Queue(cards, queues.counts(core.redis, keys), following)


def claim(core: Core, site: Site, moderator: Moderator, comment: str) -> str:
    """Take a comment in hand and tell who has it: this moderator, or the one who was first."""
    _admit(site, moderator, comment)
    return claims.take(core.redis, core.keys(site.name), comment, moderator.name)


def decide(
    core: Core,
    site: Site,
    moderator: Moderator,
    comment: str,
    action: Action,
    *,
    seen: Status,
    reason: str = "",
) -> Status:
    """Carry out a moderator's decision on a comment as he saw it.

    :raises StaleStatus: the comment has moved on since he looked.
    :raises NotAllowed: the site is not his, or he may only look.
    """
    _admit(site, moderator, comment)
    if len(reason) > MAX_REASON:
        raise Invalid(Fault("reason", "too-long", f"At most {MAX_REASON} characters."))
    keys = core.keys(site.name)
    found = comments.get(core.redis, keys, comment)
    if found.status is not seen:
        return _already(core, site, moderator, found, action.status)
    status = comments.change_status(
        core.redis, keys, found, action.status, by=moderator.name, why=reason, now=core.now()
    )
    if status is Status.APPROVED:
        search.index(core.redis, keys, [found])
    return status


def _already(
    core: Core, site: Site, moderator: Moderator, found: Comment, wanted: Status
) -> Status:
    """Take a decision that is sent again, since its answer was lost, for the one it is.

    :raises StaleStatus: it was somebody else's, or another one.
    """
    [*latest] = history.of_comment(core.redis, core.keys(site.name), found.last_entry)[:1]
    for entry in latest:
        if found.status is wanted and entry.by == moderator.name:
            return found.status
        raise StaleStatus(found.status, entry.by, entry.at)
    raise StaleStatus(found.status)


def _admit(site: Site, moderator: Moderator, comment: str) -> None:
    if not moderator.may_decide(site.name):
        raise NotAllowed(site.name)
    if not ids.is_id(comment):
        raise CommentNotFound(comment)


def _cards(core: Core, site: Site, found: list[Comment]) -> list[Card]:
    keys = core.keys(site.name)
    records = authors.records(core.redis, keys, [comment.author for comment in found])
    about = threads.titles(core.redis, keys, sorted({comment.thread for comment in found}))
    answered = [comment.parent for comment in found if comment.parent]
    parents = {parent.id: parent for parent in comments.get_many(core.redis, keys, answered)}
    holders = claims.holders(core.redis, keys, [comment.id for comment in found])
    return [
        Card(
            comment=comment,
            thread=about[comment.thread],
            parent=parents.get(comment.parent or ""),
            record=record,
            flags=flags.of_comment(core.redis, keys, comment.id),
            history=history.of_comment(core.redis, keys, comment.last_entry),
            claimed_by=holders.get(comment.id),
        )
        for comment, record in zip(found, records, strict=True)
    ]
