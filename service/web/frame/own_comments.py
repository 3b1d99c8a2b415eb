"""Readers' own comments without JavaScript: those with a receipt in the frame's cookie."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from service.domain import moments
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound, ReceiptRefused
from service.readers import own_comment
from service.readers.own_comment import OwnComment
from service.web.frame import identity
from service.web.http import caller

# How long after its last change a comment's card is shown above the form; later it is only listed
# under "mine".
NEWS_FOR = {
    Status.PENDING: timedelta(days=60),
    Status.HELD: timedelta(days=60),
    Status.APPROVED: timedelta(hours=1),
    Status.REJECTED: timedelta(days=1),
    Status.REMOVED: timedelta(days=1),
}


def look_at_all() -> list[OwnComment]:
    """Return all of the reader's comments, newest first."""
    core, site = caller.core(), caller.site()
    own = []
    for entry in identity.receipts():
        with suppress(CommentNotFound, ReceiptRefused):
            own.append(own_comment.look(core, site, entry.comment, entry.receipt))
    return own


def news(own: Iterable[OwnComment], thread: str) -> list[OwnComment]:
    """Select the comments to show above an article's form: waiting or just decided."""
    now = caller.core().now()
    return [
        mine
        for mine in own
        if mine.thread.id == thread
        and now - _moved_at(mine.comment) <= NEWS_FOR[mine.comment.status]
    ]


def look_at(comment: str) -> OwnComment:
    """Return one comment for its author.

    :raises ReceiptRefused: the reader has no receipt for it.
    """
    return own_comment.look(caller.core(), caller.site(), comment, identity.receipt(comment))


def _moved_at(comment: Comment) -> datetime:
    # A comment refused after a day of waiting is news from then on.
    if comment.last_entry is None:
        return comment.created_at
    return moments.from_ms(comment.last_entry.split("-")[0])
