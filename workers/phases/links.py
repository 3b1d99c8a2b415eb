"""Hold what carries more links to strangers than the site allows."""

from service.domain.verdict import Outcome, Reason
from workers.case import Case, Opinion


def links(case: Case) -> Opinion | None:
    """Ask for a person where links lead to too many places that the site does not trust."""
    strange = [d for d in case.domains if not _is_trusted(d, case.policy.trusted_domains)]
    if len(strange) <= case.policy.max_links:
        return None
    return Opinion(Reason("links", "many-links", float(len(strange))), Outcome.HOLD)


def _is_trusted(domain: str, trusted: tuple[str, ...]) -> bool:
    # Label by label: attacker-example.com is not example.com.
    return any(domain == name or domain.endswith(f".{name}") for name in trusted)
