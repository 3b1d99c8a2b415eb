"""Check for reserved names: readers may not use the newsroom's names or those of badge holders."""

from collections.abc import Sequence

from service.core import Core
from service.domain import names
from service.domain.errors import Fault
from service.domain.sentences import said
from service.domain.site import Site
from service.readers.intake.checks.name import check_name
from service.readers.intake.draft import CommentDraft
from service.store.people import badges


def check_reserved_name(core: Core, site: Site, draft: CommentDraft) -> Sequence[Fault]:
    """Refuse a name that could be mistaken for a reserved one."""
    # One fault per field: check_name already reports an invalid name.
    if check_name(core, site, draft) or not _is_reserved(core, site, draft.comment.name):
        return []
    sentence = said("This name is kept for the newsroom. Please take another one.")
    return [Fault("name", "reserved", sentence)]


def _is_reserved(core: Core, site: Site, name: str) -> bool:
    if names.is_reserved(name, site.policy.reserved_names, own=site.name):
        return True
    return badges.is_taken(core.at(site.name), names.looks(name))
