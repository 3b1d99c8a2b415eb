"""What a comment answers must be named by an id; whether it is there is the store's to know."""

from collections.abc import Sequence

from service.core import Core
from service.domain import ids
from service.domain.errors import Fault
from service.domain.site import Site
from service.readers.intake.draft import CommentDraft
from service.store.comments.intakes import FAULTS


def check_parent(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Find out whether what is answered has the form of an id."""
    parent = draft.sent.parent
    return [FAULTS["parent:unknown"]] if parent and not ids.is_id(parent) else []
