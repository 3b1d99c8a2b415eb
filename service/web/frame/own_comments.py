"""One's own comments without JavaScript: those whose receipts the frame's cookie holds."""

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

# How long after its last change a comment's card stands above the form by itself; afterwards it is
# found under "mine".
NEWS_FOR = {
    Status.PENDING: timedelta(days=60),
    Status.HELD: timedelta(days=60),
    Status.APPROVED: timedelta(hours=1),
    Status.REJECTED: timedelta(days=1),
    Status.REMOVED: timedelta(days=1),
}


def look_at_all() -> list[OwnComment]:
    """Look how all of the reader's comments stand, the newest first."""
    core, site = caller.core(), caller.site()
    own = []
    for kept in identity.receipts():
        with suppress(CommentNotFound, ReceiptRefused):
            own.append(own_comment.look(core, site, kept.comment, kept.receipt))
    return own


def news(own: Iterable[OwnComment], thread: str) -> list[OwnComment]:
    """Choose what belongs above the form of an article: what waits, and what was just decided."""
    now = caller.core().now()
    return [
        mine
        for mine in own
        if mine.comment.thread == thread
        and now - _moved_at(mine.comment) <= NEWS_FOR[mine.comment.status]
    ]


def look_at(comment: str) -> OwnComment:
    """Look how one comment stands, for its author.

    :raises ReceiptRefused: the reader has not shown that it is theirs.
    """
    return own_comment.look(caller.core(), caller.site(), comment, identity.receipt(comment))


def _moved_at(comment: Comment) -> datetime:
    # What waited for a day and is refused then is news then.
    if comment.last_entry is None:
        return comment.created_at
    return moments.from_ms(comment.last_entry.split("-")[0])
