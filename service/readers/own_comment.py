"""What an author is told of his own comment: its state, what he may still do, and why it is so."""

from dataclasses import dataclass
from datetime import datetime

from service.core import Core
from service.domain.appeal import Appeal
from service.domain.comment import Comment
from service.domain.site import Site
from service.domain.thread import Thread
from service.readers import appeals as appealing
from service.readers import authorship, statement
from service.readers.ownership import own
from service.readers.statement import Statement
from service.store.comments import threads
from service.store.people import appeals


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A comment as its author sees it; `appeal` is his, `may_appeal` whether he may yet."""

    comment: Comment
    thread: Thread
    editable_until: datetime | None
    statement: Statement | None
    appeal: Appeal | None
    may_appeal: bool


def look(core: Core, site: Site, comment: str, receipt: str) -> Standing:
    """Tell an author how his comment stands.

    :raises CommentNotFound: there is none (any more).
    :raises ReceiptRefused: it is not his.
    """
    found = own(core, site, comment, receipt)
    record = core.at(site.name)
    appeal = appeals.get(record, comment)
    return Standing(
        comment=found,
        thread=threads.titles(record, [found.thread])[found.thread],
        editable_until=authorship.editable_until(core, site, found),
        statement=statement.state(core, site, found),
        appeal=appeal,
        may_appeal=appeal is None and appealing.is_open(core, site, found),
    )
