"""The pulse of the desk: queue sizes and current claims, polled every few seconds."""

from dataclasses import dataclass

from service.core import Core
from service.desk.queue import permission
from service.domain.moderator import Moderator
from service.domain.queue_filters import State
from service.domain.site import Site
from service.store.desk import claims, queues
from service.store.people import appeals


@dataclass(frozen=True, slots=True)
class Pulse:
    """The size of every queue, the number of open appeals, and the claims by comment."""

    counts: dict[State, int]
    appeals: int
    claims: dict[str, str]


def take_pulse(core: Core, site: Site, moderator: Moderator) -> Pulse:
    """Count the queues and appeals of a site, and read its claims.

    :raises NotAllowed: the site is not this moderator's.
    """
    permission.check_may_see(site, moderator)
    record, now = core.at(site.name), core.now()
    return Pulse(
        queues.counts_for(record, moderator.name, now=now),
        appeals.count(record),
        claims.current(record, now=now),
    )


def held_on(core: Core, sites: list[Site]) -> dict[str, int]:
    """Count the held comments of each site."""
    return {site.name: queues.counts(core.at(site.name))[State.HELD] for site in sites}
