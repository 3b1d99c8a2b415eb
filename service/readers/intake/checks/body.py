"""Check of the text: it must be visible and within the site's length limits."""

from collections.abc import Sequence

from service.core import Core
from service.domain import text
from service.domain.errors import Fault
from service.domain.policy import Policy
from service.domain.sentences import counted
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft


def check_body(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Find the faults of the cleaned text."""
    return body_faults(site.policy, draft.comment.body)


def body_faults(policy: Policy, body: str) -> tuple[Fault, ...]:
    """Find the faults of a text that has been cleaned."""
    if text.is_blank(body):
        return (Fault("body", "empty", "Please write something; nothing of this can be seen."),)
    if len(body) < policy.min_length:
        short = counted(
            "At least %(count)s character, please.",
            "At least %(count)s characters, please.",
            policy.min_length,
        )
        return (Fault("body", "too-short", short),)
    if len(body) > policy.max_length:
        long = counted(
            "At most %(count)s character; this has %(has)s.",
            "At most %(count)s characters; this has %(has)s.",
            policy.max_length,
            has=len(body),
        )
        return (Fault("body", "too-long", long),)
    return ()
