"""No reader may wear a badge."""

from collections.abc import Sequence

from service.core import Core
from service.domain.errors import Fault
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft


def check_badge(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Find out whether a badge is asked for."""
    if draft.sent.badge is None:
        return []
    return [Fault("badge", "not-allowed", "Only the newsroom's own key gives a badge.")]
