"""Facts about a draft's author, network and words that may raise suspicion."""

import hashlib
import re

from service import networks
from service.blocklist import blocked_in
from service.core import Core
from service.domain import links
from service.domain.hosts import is_among
from service.domain.site import CaptchaStrategy, Site
from service.readers.intake.draft import CommentDraft
from service.readers.suspicion import SubmissionFacts
from service.store.people import authors, traffic
from service.store.people.traffic import Kind

NO_LETTERS = re.compile(r"[\W\d_]+")
# Short texts such as "Thank you!" are written by many and prove nothing.
SHORTEST = 30
COMPARED = 400
ADDRESS = "address"


def gather(core: Core, site: Site, draft: CommentDraft) -> SubmissionFacts:
    """Gather the facts that decide whether a draft is suspicious."""
    record, comment = core.at(site.name), draft.comment
    [author] = authors.records(record, [comment.author])
    kinds = _kinds(core, site, draft)
    pairs = zip([kind for kind, _ in kinds], traffic.count(record, kinds), strict=True)
    counts = {kind: count for kind, count in pairs if kind != ADDRESS}
    shown = f"{comment.name}\n{comment.body}"
    return SubmissionFacts(
        from_address=_from_network(core, site, draft),
        on_thread=counts.get("thread", 0),
        same_words=counts.get("words", 0),
        links=_links_to_strangers(site, shown),
        is_blocked=bool(blocked_in(shown, site.policy.blocked_words)),
        approved=author.approved,
        refused=author.refused,
    )


def remember(core: Core, site: Site, draft: CommentDraft) -> None:
    """Count an accepted comment if the site uses such counts."""
    if site.captcha is CaptchaStrategy.ADAPTIVE:
        traffic.note(core.at(site.name), _kinds(core, site, draft))


def _kinds(core: Core, site: Site, draft: CommentDraft) -> list[Kind]:
    """List the counters of a comment: its networks, its article and its words."""
    payers = networks.payers(core, site.name, draft.sent.address)
    kinds = [(ADDRESS, payer.who) for payer in payers]
    kinds.append(("thread", draft.thread.id or "none"))
    words = _words(draft.comment.body)
    return [*kinds, ("words", words)] if words else kinds


def _links_to_strangers(site: Site, shown: str) -> int:
    hosts = links.hosts_linked(shown)
    return sum(not is_among(host, site.trusted_hosts) for host in hosts)


def _from_network(core: Core, site: Site, draft: CommentDraft) -> int:
    """Count recent comments of the address; a wider network counts by what it may do more."""
    payers = networks.payers(core, site.name, draft.sent.address)
    counts = traffic.count(core.at(site.name), [(ADDRESS, payer.who) for payer in payers])
    return max(count // payer.breadth for count, payer in zip(counts, payers, strict=True))


def _words(body: str) -> str:
    # Spam programs vary digits, links, case and punctuation between copies.
    letters = NO_LETTERS.sub("", links.without_links(body).casefold())[:COMPARED]
    return hashlib.sha256(letters.encode()).hexdigest()[:20] if len(letters) >= SHORTEST else ""
