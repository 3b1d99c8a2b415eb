"""Facts about a draft's author, network and words that may raise suspicion."""

import hashlib
import re
from datetime import timedelta

from service.blocklist import blocked_in
from service.core import Core
from service.domain.links import LINK, links_in
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
    kinds = [*standing.kinds_of(core, site, draft.sent.address), *_kinds(draft)]
    counts = dict(zip([kind for kind, _ in kinds], traffic.count(record, kinds), strict=True))
    shown = f"{comment.name}\n{comment.body}"
    return SubmissionFacts(
        from_address=counts["address"],
        from_network=counts["network"],
        on_thread=counts["thread"],
        same_words=counts.get("words", 0),
        bare=counts["bare"],
        links=len(links_in(shown)),
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
    address, network, _, bare, _ = standing.kinds_of(core, site, draft.sent.address)
    kinds = [address, network, *_kinds(draft)]
    traffic.note(core.at(site.name), [*kinds, bare] if draft.is_bare else kinds)


def _kinds(draft: CommentDraft) -> list[Kind]:
    """List the counters of a comment: its article and its words."""
    words = _words(draft.comment.body)
    return [("thread", draft.thread.id or "none"), *([("words", words)] if words else [])]


def _words(body: str) -> str:
    # Spam programs vary digits, links, case and punctuation between copies.
    letters = NO_LETTERS.sub("", LINK.sub("", body).casefold())[:COMPARED]
    return hashlib.sha256(letters.encode()).hexdigest()[:20] if len(letters) >= SHORTEST else ""
