"""Claims and decisions on single comments."""

from dataclasses import dataclass

from service.core import Core
from service.desk.queue import permission
from service.domain import ids
from service.domain.comment import TRANSITIONS, Comment, Status
from service.domain.decision import Action, Seen
from service.domain.errors import CommentNotFound, Fault, Invalid, StaleStatus
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.comments import door, history
from service.store.comments.door import Move
from service.store.desk import claims, undo
from service.store.desk.undo import Before

REFUSING = frozenset({Action.REJECT, Action.REMOVE})


@dataclass(frozen=True, slots=True)
class Decided:
    """A comment's status after a decision, and the token that undoes it for ten minutes."""

    status: Status
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who holds the claim on a comment, its current status, and who set that."""

    claimed_by: str
    status: Status
    by: str = ""


def claim(core: Core, site: Site, moderator: Moderator, comment_id: str) -> Claimed:
    """Claim a comment and return who holds it: this moderator, or a colleague who was first."""
    permission.check_may_decide(site, moderator)
    comment = permission.find_comment(core, site, comment_id)
    record = core.at(site.name)
    holder = claims.take(record, comment.id, moderator.name, now=core.now())
    entry = history.last(record, comment)
    return Claimed(holder, comment.status, entry.by if entry else "")


def release(core: Core, site: Site, moderator: Moderator, comment_id: str) -> None:
    """Release this moderator's claim on a comment."""
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

    :raises StaleStatus: the comment has changed since they saw it.
    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: the reason is too long, or missing where one is required.
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
    """Check that a refusal has a reason where the site requires one.

    :raises Invalid: it is missing or too long.
    """
    permission.check_length(reason, "reason", permission.MAX_REASON)
    if site.policy.dsa and action in REFUSING and not reason:
        detail = "This site tells every author why: please choose a reason."
        raise Invalid(Fault("reason", "missing", detail))


def is_possible(status: Status, action: Action) -> bool:
    """Tell whether an action applies to a comment with this status."""
    if action is Action.KEEP:
        return status is Status.APPROVED
    return action.status in TRANSITIONS[status]


def move(core: Core, comment: Comment, action: Action, moderator: Moderator, reason: str) -> Move:
    """Return the move that a decision makes; keeping a comment answers its flags."""
    now = core.now()
    answered = "all" if action is Action.KEEP else ""
    return Move(comment, action.status, by=moderator.name, why=reason, now=now, answered=answered)


def new_undo(core: Core) -> str:
    """Create an unguessable token that undoes a decision."""
    return ids.new_id(core.now(), core.random(ids.RANDOM_BYTES))


def _repeated(
    core: Core, site: Site, moderator: Moderator, comment: Comment, action: Action
) -> Decided:
    """Accept a decision repeated because its answer was lost.

    :raises StaleStatus: somebody else decided, or the decision was a different one.
    """
    entry = history.last(core.at(site.name), comment)
    if entry is None:
        raise StaleStatus(comment.status)
    if comment.status is action.status and entry.by == moderator.name:
        return Decided(comment.status)
    raise StaleStatus(comment.status, entry.by, entry.at)
