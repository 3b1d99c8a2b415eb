"""Open appeals, each with everything a moderator needs to answer it."""

from dataclasses import dataclass

from service.core import Core
from service.domain.appeal import Appeal
from service.domain.comment import Comment
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.domain.thread import Thread
from service.readers import appeal as appeal_use
from service.readers import statement
from service.readers.statement import Statement
from service.store.comments import history, threads


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAppeal:
    """An appeal with its comment and the reasons for the refusal; `by` made that decision."""

    appeal: Appeal
    comment: Comment
    thread: Thread
    statement: Statement | None
    by: str


def open_appeals(core: Core, site: Site, moderator: Moderator) -> list[OpenAppeal]:
    """List the open appeals, oldest first.

    :raises NotAllowed: the site is not this moderator's.
    """
    waiting = appeal_use.waiting(core, site, moderator)
    articles = threads.titles(
        core.at(site.name), sorted({comment.thread for _, comment in waiting})
    )
    return [
        OpenAppeal(
            appeal=appeal,
            comment=comment,
            thread=articles[comment.thread],
            statement=statement.state(core, site, comment),
            by=_decided_by(core, site, comment),
        )
        for appeal, comment in waiting
    ]


def _decided_by(core: Core, site: Site, comment: Comment) -> str:
    entry = history.last(core.at(site.name), comment)
    return entry.by if entry else ""
