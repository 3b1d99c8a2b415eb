"""A moderator claims a comment and decides on it, as they saw it."""

from dataclasses import dataclass

from service.core import Core
from service.desk.queue import permission
from service.domain import ids
from service.domain.comment import TRANSITIONS, Comment, Status
from service.domain.decision import Action, Seen
from service.domain.errors import CommentNotFound, Fault, Invalid, StaleStatus
from service.domain.moderator import Moderator
from service.domain.moments import to_ms
from service.domain.site import Site
from service.store.comments import door, history
from service.store.comments.door import Move
from service.store.desk import claims, undo
from service.store.desk.undo import Before

REFUSING = frozenset({Action.REJECT, Action.REMOVE})


@dataclass(frozen=True, slots=True)
class Decided:
    """Where a comment stands now, and by what the decision can be taken back for ten minutes."""

    status: Status
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who has a comment in hand, where it stands by now, and who brought it there."""

    claimed_by: str
    status: Status
    by: str = ""


def claim(core: Core, site: Site, moderator: Moderator, comment_id: str) -> Claimed:
    """Take a comment in hand and tell who has it: this moderator, or the one who was first."""
    permission.check_may_decide(site, moderator)
    comment = permission.find_comment(core, site, comment_id)
    record = core.at(site.name)
    holder = claims.take(record, comment.id, moderator.name, now=core.now())
    entry = history.last(record, comment)
    return Claimed(holder, comment.status, entry.by if entry else "")


def release(core: Core, site: Site, moderator: Moderator, comment_id: str) -> None:
    """Give back a comment that this moderator had in hand."""
    permission.check_may_decide(site, moderator)
    if not ids.is_id(comment_id):
        raise CommentNotFound(comment_id)
    claims.release(core.at(site.name), comment_id, moderator.name)


def decide(
    core: Core,
    site: Site,
    moderator: Moderator,
    comment_id: str,
    action: Action,
    *,
    seen: Seen,
    reason: str = "",
) -> Decided:
    """Carry out a moderator's decision on a comment as they saw it.

    :raises StaleStatus: the comment has moved on since they looked.
    :raises NotAllowed: the site is not this moderator's, or they may only look.
    :raises Invalid: the reason is too long, or there has to be one.
    """
    permission.check_may_decide(site, moderator)
    check_reason(site, action, reason)
    comment = permission.find_comment(core, site, comment_id)
    if comment.status is not seen.status:
        return _repeated(core, site, moderator, comment, action)
    if seen.is_edited(comment):
        raise StaleStatus("changed", "its author", comment.edited_at)
    if not is_possible(comment.status, action):
        raise StaleStatus(comment.status)
    record = core.at(site.name)
    moved = door.carry_out(record, move(core, comment, action, moderator, reason))
    token = new_undo(core)
    before = {comment.id: Before(comment.status, moved.answered, moved.entry)}
    undo.keep(record, token, moderator.name, action, before, now=core.now())
    return Decided(action.status, token)


def check_reason(site: Site, action: Action, reason: str) -> None:
    """Make sure that a refusal has its reason where the site must give one.

    :raises Invalid: it is missing or too long.
    """
    permission.check_length(reason, "reason", permission.MAX_REASON)
    if site.policy.dsa and action in REFUSING and not reason:
        detail = "This site tells every author why: please choose a reason."
        raise Invalid(Fault("reason", "missing", detail))


def is_possible(status: Status, action: Action) -> bool:
    """Tell whether an action makes sense where a comment stands."""
    if action is Action.KEEP:
        return status is Status.APPROVED
    return action.status in TRANSITIONS[status]


def move(core: Core, comment: Comment, action: Action, moderator: Moderator, reason: str) -> Move:
    """Say how a decision moves a comment; to keep it answers its flags."""
    now = core.now()
    answered = str(to_ms(now)) if action is Action.KEEP else ""
    return Move(comment, action.status, by=moderator.name, why=reason, now=now, answered=answered)


def new_undo(core: Core) -> str:
    """Make a token for a decision that can be taken back; nobody can guess it."""
    return ids.new_id(core.now(), core.random(ids.RANDOM_BYTES))


def _repeated(
    core: Core, site: Site, moderator: Moderator, comment: Comment, action: Action
) -> Decided:
    """Recognise a decision that is sent again because its answer was lost.

    :raises StaleStatus: it was somebody else's, or another one.
    """
    entry = history.last(core.at(site.name), comment)
    if entry is None:
        raise StaleStatus(comment.status)
    if comment.status is action.status and entry.by == moderator.name:
        return Decided(comment.status)
    raise StaleStatus(comment.status, entry.by, entry.at)
