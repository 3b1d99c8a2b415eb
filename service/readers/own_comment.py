"""An author's view of their own comment: its status, the reasons, and what they may do."""

from dataclasses import dataclass
from datetime import datetime

from service.core import Core
from service.domain.appeal import Appeal
from service.domain.comment import Comment
from service.domain.site import Site
from service.domain.thread import Thread
from service.readers import appeal, authorship, statement
from service.readers.ownership import own
from service.readers.statement import Statement
from service.store.comments import threads
from service.store.people import appeals


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnComment:
    """A comment as its author sees it; `may_appeal` tells whether they can still appeal."""

    comment: Comment
    thread: Thread
    editable_until: datetime | None
    statement: Statement | None
    appeal: Appeal | None
    may_appeal: bool


def look(core: Core, site: Site, comment_id: str, receipt: str) -> OwnComment:
    """Return a comment with everything its author may know about it.

    :raises CommentNotFound: it does not exist, or no longer.
    :raises ReceiptRefused: the receipt is not for this comment.
    """
    comment = own(core, site, comment_id, receipt)
    record = core.at(site.name)
    lodged = appeals.get(record, comment_id)
    return OwnComment(
        comment=comment,
        thread=threads.titles(record, [comment.thread])[comment.thread],
        editable_until=authorship.editable_until(core, site, comment),
        statement=statement.state(core, site, comment),
        appeal=lodged,
        may_appeal=lodged is None and appeal.is_open(core, site, comment),
    )
