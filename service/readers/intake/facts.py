"""Facts about a draft's author, network and words that may raise suspicion."""

import hashlib
import re
from datetime import timedelta

from service.blocklist import blocked_in
from service.core import Core
from service.domain import links
from service.domain.hosts import is_among
from service.domain.site import Site
from service.readers import standing
from service.readers.intake.draft import CommentDraft
from service.readers.suspicion import SubmissionFacts
from service.store.people import authors, traffic
from service.store.people.traffic import Kind

NO_LETTERS = re.compile(r"[\W\d_]+")
# Short texts such as "Thank you!" are written by many and prove nothing.
SHORTEST = 30
COMPARED = 400


def gather(core: Core, site: Site, draft: CommentDraft, age: timedelta) -> SubmissionFacts:
    """Gather the facts that decide whether a draft is suspicious; `age` is its code's."""
    record, comment = core.at(site.name), draft.comment
    [author] = authors.records(record, [comment.author])
    _, network, _, bare, _ = standing.kinds_of(core, site, draft.sent.address)
    own = [network, bare, *_kinds(draft)]
    counts = dict(zip([kind for kind, _ in own], traffic.count(record, own), strict=True))
    shown = f"{comment.name}\n{comment.body}"
    return SubmissionFacts(
        from_address=standing.count_comments(core, site, draft.sent.address),
        from_network=counts["network"],
        on_thread=counts["thread"],
        same_words=counts.get("words", 0),
        bare=counts["bare"],
        links=_links_to_strangers(site, shown),
        is_blocked=bool(blocked_in(shown, site.policy.blocked_words)),
        is_spam=draft.looks_like_spam(),
        is_trapped=bool(draft.sent.trap.strip()),
        age=age,
        approved=author.approved,
        refused=author.refused,
        since=author.first,
    )


def remember(core: Core, site: Site, draft: CommentDraft) -> None:
    """Count an accepted comment if it needed a captcha."""
    if draft.proof is None:
        return
    _, network, _, bare, _ = standing.kinds_of(core, site, draft.sent.address)
    addresses = standing.kinds_around(core, site, draft.sent.address)
    kinds = [*addresses, network, *_kinds(draft)]
    traffic.note(core.at(site.name), [*kinds, bare] if draft.is_bare else kinds)


def _kinds(draft: CommentDraft) -> list[Kind]:
    """List the counters of a comment: its article and its words."""
    words = _words(draft.comment.body)
    return [("thread", draft.thread.id or "none"), *([("words", words)] if words else [])]


def _links_to_strangers(site: Site, shown: str) -> int:
    hosts = links.hosts_linked(shown)
    return sum(not is_among(host, site.trusted_hosts) for host in hosts)


def _words(body: str) -> str:
    # Spam programs vary digits, links, case and punctuation between copies.
    letters = NO_LETTERS.sub("", links.without_links(body).casefold())[:COMPARED]
    return hashlib.sha256(letters.encode()).hexdigest()[:20] if len(letters) >= SHORTEST else ""
