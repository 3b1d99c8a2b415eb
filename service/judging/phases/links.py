"""Reject what links to a blocked host, hold what carries more strange links than allowed."""

from functools import lru_cache

from service.domain.links import host_of
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case

# What is below a listed host counts too; no honest host has more labels.
DEEPEST = 10


def links(case: Case) -> Opinion | None:
    """Ask to reject where a link leads to a blocked host, for a person where many are strange."""
    blocked, trusted = _hosts(case.policy.blocked_domains), _hosts(case.policy.trusted_domains)
    forbidden = [host for host in case.domains if _is_among(host, blocked)]
    if forbidden:
        return Opinion("links/blocked-host", Outcome.REJECT, float(len(forbidden)))
    strange = [host for host in case.domains if not _is_among(host, trusted)]
    if len(strange) <= case.policy.max_links:
        return None
    return Opinion("links/many-links", Outcome.HOLD, float(len(strange)))


@lru_cache(maxsize=64)
def _hosts(written: tuple[str, ...]) -> frozenset[str]:
    """Read the hosts of a list, however the site's owner wrote them."""
    return frozenset(map(host_of, written))


def _is_among(host: str, listed: frozenset[str]) -> bool:
    # Label by label: attacker-example.com is not example.com.
    labels = host.rsplit(".", DEEPEST)
    return any(".".join(labels[place:]) in listed for place in range(len(labels)))
