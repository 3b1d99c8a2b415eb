"""Pages of a queue."""

from dataclasses import dataclass, replace

from service.core import Core
from service.desk.queue import cards, permission
from service.desk.queue.cards import Card
from service.domain.moderator import Moderator
from service.domain.queue_filters import QueueFilters, State
from service.domain.site import Site
from service.likeness.memory import Likeness
from service.store.comments import comments, threads
from service.store.desk import queues
from service.store.people import appeals

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One page of a queue with the size of every queue of the site.

    `total` comments pass the filters; if only part of the queue was searched, `window` is the size
    of that part. `facets` counts held comments by language and by reason.
    """

    cards: list[Card]
    counts: dict[State, int]
    appeals: int
    next: str
    total: int
    window: int | None
    facets: dict[str, int]


def open_queue(
    core: Core,
    site: Site,
    moderator: Moderator,
    filters: QueueFilters,
    *,
    limit: int = PAGE,
    cursor: str = "",
    likeness: Likeness | None = None,
    facets: tuple[str, ...] = (),
) -> Queue:
    """Open one page of a queue.

    :raises NotAllowed: the site is not this moderator's.
    """
    permission.check_may_see(site, moderator)
    record, now = core.at(site.name), core.now()
    if filters.thread:
        # The article may have moved since the filter was chosen.
        here = threads.titles(record, [filters.thread])[filters.thread]
        filters = replace(filters, thread=here.id)
    page = queues.page(
        record, filters, limit=limit, now=now, cursor=cursor, moderator=moderator.name
    )
    return Queue(
        cards=cards.make(core, site, comments.get_many(record, page.ids), likeness),
        counts=queues.counts_for(record, moderator.name, now=now),
        appeals=appeals.count(record),
        next=page.next,
        total=page.total,
        window=page.window,
        facets=queues.facet_counts(record, list(facets)),
    )
