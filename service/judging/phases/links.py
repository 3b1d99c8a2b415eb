"""Reject links to blocked hosts; hold comments with too many links to untrusted hosts."""

from service.domain.hosts import is_among, resolve_all
from service.domain.verdict import Opinion, Outcome
from service.judging.case import Case


def links(case: Case) -> Opinion | None:
    """Ask to reject a link to a blocked host, and for a person if many hosts are untrusted."""
    blocked = resolve_all(case.policy.blocked_domains)
    named = dict.fromkeys((*case.domains, *case.mentions))
    forbidden = [host for host in named if is_among(host, blocked)]
    if forbidden:
        return Opinion("links/blocked-host", Outcome.REJECT, float(len(forbidden)))
    trusted = resolve_all(case.policy.trusted_domains) | set(case.own)
    untrusted = [host for host in case.domains if not is_among(host, trusted)]
    if len(untrusted) <= case.policy.max_links:
        return None
    return Opinion("links/many-links", Outcome.HOLD, float(len(untrusted)))
