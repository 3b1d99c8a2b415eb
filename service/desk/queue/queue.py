"""A moderator opens a page of a queue, or one card."""

from dataclasses import dataclass

from service.core import Core
from service.desk.queue import cards, permission
from service.desk.queue.cards import Card
from service.domain.choice import Choice, State
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.likeness.memory import Likeness
from service.store.comments import comments
from service.store.desk import queues
from service.store.people import appeals

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One page of a queue with the size of every queue of the site.

    `total` comments fit the choice; where that was found by looking through a part of the queue,
    `window` says how much of it. `facets` counts what is held by language and by reason.
    """

    cards: list[Card]
    counts: dict[State, int]
    appeals: int
    next: str
    total: int
    window: int | None
    facets: dict[str, int]


def look(
    core: Core,
    site: Site,
    moderator: Moderator,
    choice: Choice,
    *,
    limit: int = PAGE,
    cursor: str = "",
    likeness: Likeness | None = None,
    facets: tuple[str, ...] = (),
) -> Queue:
    """Open one page of a queue.

    :raises NotAllowed: the site is not this moderator's.
    """
    permission.admit_to_see(site, moderator)
    record, now = core.at(site.name), core.now()
    page = queues.page(
        record, choice, limit=limit, now=now, cursor=cursor, moderator=moderator.name
    )
    found = comments.get_many(record, page.ids)
    return Queue(
        cards=cards.make(core, site, found, likeness),
        counts=queues.counts_for(record, moderator.name, now=now),
        appeals=appeals.count(record),
        next=page.next,
        total=page.total,
        window=page.window,
        facets=queues.facet_counts(record, list(facets)),
    )


def look_at(
    core: Core, site: Site, moderator: Moderator, comment: str, likeness: Likeness | None = None
) -> Card:
    """Open one card.

    :raises NotAllowed: the site is not this moderator's.
    :raises CommentNotFound: there is no such comment here.
    """
    permission.admit_to_see(site, moderator)
    [card] = cards.make(core, site, [permission.find(core, site, comment)], likeness)
    return card
