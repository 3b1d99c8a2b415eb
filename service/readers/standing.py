"""Standing of a caller: what came from their address and network lately, and the work it asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from service import networks
from service.core import Core
from service.domain.network import neighbourhood
from service.domain.site import Site
from service.readers.suspicion import SubmissionFacts, effort, is_settled, suspicions
from service.store.people import authors, traffic
from service.store.people.traffic import Kind

ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks for a captcha: their address, and their pseudonym if they have a token."""

    address: str
    reader: str | None = None


def level_of(core: Core, site: Site, caller: Caller) -> int:
    """Return the level of work that a caller has to do before anything of theirs is known."""
    record, kinds = core.at(site.name), kinds_of(core, site, caller.address)
    _, network, issued, _, doubts = traffic.count(record, kinds)
    known = authors.records(record, [caller.reader]) if caller.reader else []
    facts = SubmissionFacts(
        from_address=count_comments(core, site, caller.address),
        from_network=network,
        issued=issued,
        approved=known[0].approved if known else 0,
        refused=known[0].refused if known else 0,
        since=known[0].first if known else None,
    )
    level = effort(suspicions(facts), doubts)
    return max(0, level - 1) if is_settled(facts, core.now()) else level


def kinds_of(core: Core, site: Site, address: str) -> Sequence[Kind]:
    """List the counters of comments (address, network), captchas, bare codes and doubts."""
    own = networks.pseudonym(core, site.name, address)
    wide = core.signer.pseudonym(site.name, "network", neighbourhood(address))
    return ((ADDRESS, own), ("network", wide), ("issued", own), ("bare", own), ("doubt", own))


def kinds_around(core: Core, site: Site, address: str) -> Sequence[Kind]:
    """List the counters of comments of an address and of the networks around it."""
    return [(ADDRESS, payer.who) for payer in networks.payers(core, site.name, address)]


def count_comments(core: Core, site: Site, address: str) -> int:
    """Count recent comments of an address; a wider network counts by what it may do more."""
    payers = networks.payers(core, site.name, address)
    counts = traffic.count(core.at(site.name), kinds_around(core, site, address))
    return max(count // payer.breadth for count, payer in zip(counts, payers, strict=True))


def note_issue(core: Core, site: Site, address: str) -> None:
    """Count a captcha that was requested."""
    traffic.note(core.at(site.name), [kinds_of(core, site, address)[2]])


def note_doubt(core: Core, site: Site, address: str, level: int) -> None:
    """Remember that a submission from an address asked for a level of work."""
    traffic.note(core.at(site.name), [kinds_of(core, site, address)[4]], by=level)
