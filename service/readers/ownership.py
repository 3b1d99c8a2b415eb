"""Proof of authorship by receipt."""

from service.core import Core
from service.domain import ids
from service.domain.comment import Comment
from service.domain.errors import CommentNotFound, ReceiptRefused
from service.domain.site import Site
from service.store.comments import comments


def own(core: Core, site: Site, comment: str, receipt: str) -> Comment:
    """Return a comment to its author.

    :raises CommentNotFound: it does not exist.
    :raises ReceiptRefused: the receipt is not for this comment.
    """
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    if not core.signer.is_receipt(site.name, comment, receipt):
        raise ReceiptRefused
    return comments.get(core.at(site.name), comment)
