"""Check of the parent: it must be an id; the store checks whether that comment exists."""

from collections.abc import Sequence

from service.core import Core
from service.domain import ids
from service.domain.errors import Fault
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft
from service.store.comments.intakes import FAULTS


def check_parent(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Find out whether the parent has the form of an id."""
    parent = draft.sent.parent
    return [FAULTS["parent:unknown"]] if parent and not ids.is_id(parent) else []
