"""The pulse of the desk: how much waits and who looks at what, asked for every few seconds."""

from dataclasses import dataclass

from service.core import Core
from service.desk.queue import permission
from service.domain.choice import State
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.desk import claims, queues
from service.store.people import appeals


@dataclass(frozen=True, slots=True)
class Pulse:
    """The size of every queue, the open appeals, and who has which comment before him."""

    counts: dict[State, int]
    appeals: int
    claims: dict[str, str]


def pulse(core: Core, site: Site, moderator: Moderator) -> Pulse:
    """Feel the pulse.

    :raises NotAllowed: the site is not this moderator's.
    """
    permission.admit_to_see(site, moderator)
    record, now = core.at(site.name), core.now()
    return Pulse(
        queues.counts_for(record, moderator.name, now=now),
        appeals.count(record),
        claims.current(record, now=now),
    )


def waiting(core: Core, sites: list[Site]) -> dict[str, int]:
    """Count what is held on each of some sites."""
    return {site.name: queues.counts(core.at(site.name))[State.HELD] for site in sites}
