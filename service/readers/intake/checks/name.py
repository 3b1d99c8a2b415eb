"""Check of the name: it must be visible and not too long."""

from collections.abc import Sequence

from service.core import Core
from service.domain import text
from service.domain.errors import Fault
from service.domain.sentences import counted
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft

MAX_NAME = 50


def check_name(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Find the faults of the cleaned name."""
    name = draft.comment.name
    if text.is_blank(name):
        return [Fault("name", "empty", "Please give a name.")]
    if len(name) > MAX_NAME:
        long = counted("At most %(count)s character.", "At most %(count)s characters.", MAX_NAME)
        return [Fault("name", "too-long", long)]
    return []
