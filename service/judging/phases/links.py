"""Reject links to blocked hosts; hold comments with too many links to untrusted hosts."""

from functools import lru_cache

from service.domain.links import host_of
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case

# Subdomains of a listed host count too; no legitimate host has more labels.
DEEPEST = 10


def links(case: Case) -> Opinion | None:
    """Ask to reject a link to a blocked host, and for a person if many hosts are untrusted."""
    blocked, trusted = _hosts(case.policy.blocked_domains), _hosts(case.policy.trusted_domains)
    forbidden = [host for host in case.domains if _is_among(host, blocked)]
    if forbidden:
        return Opinion("links/blocked-host", Outcome.REJECT, float(len(forbidden)))
    untrusted = [host for host in case.domains if not _is_among(host, trusted)]
    if len(untrusted) <= case.policy.max_links:
        return None
    return Opinion("links/many-links", Outcome.HOLD, float(len(untrusted)))


@lru_cache(maxsize=64)
def _hosts(entries: tuple[str, ...]) -> frozenset[str]:
    """Normalize the hosts of a list, however the site's owner wrote them."""
    return frozenset(map(host_of, entries))


def _is_among(host: str, listed: frozenset[str]) -> bool:
    # Label by label: attacker-example.com is not example.com.
    labels = host.rsplit(".", DEEPEST)
    return any(".".join(labels[place:]) in listed for place in range(len(labels)))
