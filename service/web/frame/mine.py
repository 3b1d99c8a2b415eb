"""One's own comments without JavaScript: those whose receipts the frame's cookie holds."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from service.domain import moments
from service.domain.comment import Comment, Status
from service.domain.errors import CommentNotFound, ReceiptRefused
from service.readers import own_comment
from service.readers.own_comment import Standing
from service.web.frame import reader
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


def every() -> list[Standing]:
    """Look how all of the reader's comments stand, the newest first."""
    core, site = caller.core(), caller.site()
    found = []
    for own in reader.own():
        with suppress(CommentNotFound, ReceiptRefused):
            found.append(own_comment.look(core, site, own.comment, own.receipt))
    return found


def news(found: Iterable[Standing], thread: str) -> list[Standing]:
    """Choose what belongs above the form of an article: what waits, and what was just decided."""
    now = caller.core().now()
    return [
        one
        for one in found
        if one.comment.thread == thread
        and now - _moved_at(one.comment) <= NEWS_FOR[one.comment.status]
    ]


def one(comment: str) -> Standing:
    """Look how one comment stands, for its author.

    :raises ReceiptRefused: the reader has not shown that it is his.
    """
    return own_comment.look(caller.core(), caller.site(), comment, reader.receipt(comment))


def _moved_at(comment: Comment) -> datetime:
    # What waited for a day and is refused then is news then.
    if comment.last_entry is None:
        return comment.created_at
    return moments.from_ms(comment.last_entry.split("-")[0])
