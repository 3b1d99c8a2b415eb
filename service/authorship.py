"""An author looks at his own comment, edits it or withdraws it, by his receipt."""

from datetime import timedelta

from service.admission import body_faults
from service.core import Core
from service.domain import ids, text
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound, EditWindowOver, Invalid, ReceiptRefused
from service.domain.site import Site
from service.store import comments

EDITABLE = frozenset({Status.PENDING, Status.HELD, Status.APPROVED})


def edit(core: Core, site: Site, comment: str, receipt: str, body: str) -> Comment:
    """Change the text within the site's window; it is judged again.

    :raises Invalid: the new text has faults.
    :raises EditWindowOver: it is too late, or the comment was refused.
    """
    found = _own(core, site, comment, receipt)
    cleaned = text.clean_body(body)
    if faults := body_faults(site, cleaned):
        raise Invalid(*faults)
    comments.change_status(
        core.redis,
        core.keys(site.name),
        found,
        Status.PENDING,
        by="author",
        why="edited",
        text=cleaned,
        now=core.now(),
    )
    core.ring(site.name)
    return comments.get(core.redis, core.keys(site.name), comment)


def withdraw(core: Core, site: Site, comment: str, receipt: str) -> None:
    """Take one's own comment back within the site's window.

    :raises EditWindowOver: it is too late, or the comment was refused.
    """
    found = _own(core, site, comment, receipt)
    comments.change_status(
        core.redis,
        core.keys(site.name),
        found,
        Status.REMOVED,
        by="author",
        why="withdrawn",
        now=core.now(),
    )


def _own(core: Core, site: Site, comment: str, receipt: str) -> Comment:
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    if not core.signer.is_receipt(site.name, comment, receipt):
        raise ReceiptRefused
    found = comments.get(core.redis, core.keys(site.name), comment)
    window = timedelta(seconds=site.policy.edit_window)
    if found.status not in EDITABLE or core.now() - found.created_at > window:
        raise EditWindowOver
    return found
