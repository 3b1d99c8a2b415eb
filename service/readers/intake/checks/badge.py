"""Check of the badge: readers may not wear one."""

from collections.abc import Sequence

from service.core import Core
from service.domain.errors import Fault
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft


def check_badge(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Refuse a request for a badge."""
    if draft.sent.badge is None:
        return []
    return [Fault("badge", "not-allowed", "Only the newsroom's own key gives a badge.")]
