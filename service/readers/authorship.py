"""Edits and withdrawals by a comment's author, who proves authorship by receipt.

Both are idempotent."""

from datetime import datetime, timedelta

from service.core import Core
from service.domain import text
from service.domain.actor import Actor
from service.domain.comment import Comment, Status
from service.domain.errors import EditWindowOver, Invalid, StaleStatus
from service.domain.site import Site
from service.readers.intake.checks.body import body_faults
from service.readers.ownership import own
from service.readers.statement import Decider, state
from service.store.comments import comments
from service.store.people import allowances

EDITABLE = frozenset({Status.PENDING, Status.HELD, Status.APPROVED})
TRIES = 3
# Limited because every edit is judged again.
RATE = allowances.Rate(per_minute=6, burst=5)


def edit(core: Core, site: Site, comment_id: str, receipt: str, body: str) -> Comment:
    """Change the text within the site's edit window and have it judged again.

    :raises Invalid: the new text has faults.
    :raises EditWindowOver: the edit window is over.
    :raises TooMany: the comment was edited too often within a minute.
    :raises StaleStatus: the comment was refused or changed meanwhile.
    """
    cleaned = text.clean_body(body)
    comment = own(core, site, comment_id, receipt)
    if _says(comment, cleaned):
        return comment
    _insist_on_time(core, site, comment)
    if faults := body_faults(site.policy, cleaned):
        raise Invalid(*faults)
    _take_allowance(core, site, comment_id)
    for _ in range(TRIES):
        if _move(core, site, comment, Status.PENDING, why="edited", text=cleaned):
            core.ring(site.name)
            return own(core, site, comment_id, receipt)
        before, comment = comment, own(core, site, comment_id, receipt)
        if _says(comment, cleaned):
            return comment
        if comment.revision != before.revision:
            break
        _insist_on_time(core, site, comment)
    raise StaleStatus(comment.status)


def withdraw(core: Core, site: Site, comment_id: str, receipt: str) -> None:
    """Withdraw one's own comment within the site's edit window.

    :raises EditWindowOver: the edit window is over.
    :raises StaleStatus: the comment was refused meanwhile.
    """
    for _ in range(TRIES):
        comment = own(core, site, comment_id, receipt)
        if is_withdrawn(core, site, comment):
            return
        _insist_on_time(core, site, comment)
        if _move(core, site, comment, Status.REMOVED, why="withdrawn"):
            return
    raise StaleStatus(comment.status)


def is_withdrawn(core: Core, site: Site, comment: Comment) -> bool:
    """Tell whether the author withdrew the comment."""
    statement = state(core, site, comment)
    return statement is not None and statement.decider is Decider.AUTHOR


def editable_until(core: Core, site: Site, comment: Comment) -> datetime | None:
    """Return when the edit window closes; None if the author can no longer edit the comment."""
    until = comment.created_at + timedelta(seconds=site.policy.edit_window)
    return until if comment.status in EDITABLE and core.now() <= until else None


def _says(comment: Comment, body: str) -> bool:
    return comment.body == body and comment.status is not Status.REMOVED


def _insist_on_time(core: Core, site: Site, comment: Comment) -> None:
    # The decider is not named: to authors, every moderator is simply the newsroom.
    if comment.status not in EDITABLE:
        raise StaleStatus(comment.status)
    if editable_until(core, site, comment) is None:
        raise EditWindowOver


def _take_allowance(core: Core, site: Site, comment_id: str) -> None:
    place, payers = core.at(site.name).keys.allowance("edit", ""), [allowances.Payer(comment_id)]
    allowances.take(core.redis, place, payers, RATE, now=core.now())


def _move(
    core: Core, site: Site, comment: Comment, new: Status, *, why: str, text: str = ""
) -> bool:
    """Change the status as the author; return False if it was changed meanwhile."""
    try:
        comments.change_status(
            core.at(site.name),
            comment,
            new,
            by=Actor.AUTHOR,
            why=why,
            text=text,
            now=core.now(),
        )
    except StaleStatus:
        return False
    return True
