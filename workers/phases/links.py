"""Hold what carries more links to strangers than the site allows."""

from functools import lru_cache

from service.domain.links import host_of
from service.domain.verdict import Outcome, Reason
from workers.case import Case, Opinion

# What is below a trusted host counts too; no honest host has more labels.
DEEPEST = 10


def links(case: Case) -> Opinion | None:
    """Ask for a person where links lead to too many places that the site does not trust."""
    trusted = _hosts(case.policy.trusted_domains)
    strange = [host for host in case.domains if not _is_trusted(host, trusted)]
    if len(strange) <= case.policy.max_links:
        return None
    return Opinion(Reason("links", "many-links", float(len(strange))), Outcome.HOLD)


@lru_cache(maxsize=64)
def _hosts(written: tuple[str, ...]) -> frozenset[str]:
    """Read the hosts that a site trusts, however its owner wrote them."""
    return frozenset(map(host_of, written))


def _is_trusted(host: str, trusted: frozenset[str]) -> bool:
    # Label by label: attacker-example.com is not example.com.
    labels = host.rsplit(".", DEEPEST)
    return any(".".join(labels[place:]) in trusted for place in range(len(labels)))
