"""A moderator claims a comment and decides on it, as he saw it."""

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


def claim(core: Core, site: Site, moderator: Moderator, comment: str) -> Claimed:
    """Take a comment in hand and tell who has it: this moderator, or the one who was first."""
    permission.admit(site, moderator)
    found = permission.find(core, site, comment)
    record = core.at(site.name)
    who = claims.take(record, found.id, moderator.name, now=core.now())
    entry = history.last(record, found)
    return Claimed(who, found.status, entry.by if entry else "")


def release(core: Core, site: Site, moderator: Moderator, comment: str) -> None:
    """Give a comment back that one had in hand."""
    permission.admit(site, moderator)
    if not ids.is_id(comment):
        raise CommentNotFound(comment)
    claims.release(core.at(site.name), comment, moderator.name)


def decide(
    core: Core,
    site: Site,
    moderator: Moderator,
    comment: str,
    action: Action,
    *,
    seen: Seen,
    reason: str = "",
) -> Decided:
    """Carry out a moderator's decision on a comment as he saw it.

    :raises StaleStatus: the comment has moved on since he looked.
    :raises NotAllowed: the site is not his, or he may only look.
    :raises Invalid: the reason is too long, or there has to be one.
    """
    permission.admit(site, moderator)
    check_reason(site, action, reason)
    found = permission.find(core, site, comment)
    if found.status is not seen.status:
        return _already(core, site, moderator, found, action)
    if seen.is_edited(found):
        raise StaleStatus("changed", "its author", found.edited_at)
    if not is_possible(found.status, action):
        raise StaleStatus(found.status)
    record = core.at(site.name)
    moved = door.carry_out(record, move(core, found, action, moderator, reason))
    token = new_undo(core)
    before = Before(found.status, moved.answered, moved.entry)
    changed = {found.id: before}
    undo.keep(record, token, moderator.name, action, changed, now=core.now())
    return Decided(action.status, token)


def check_reason(site: Site, action: Action, reason: str) -> None:
    """See that a refusal has its reason where the site must give one.

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
    """Make a name for what can be taken back; nobody can guess it."""
    return ids.new_id(core.now(), core.random(ids.RANDOM_BYTES))


def _already(
    core: Core, site: Site, moderator: Moderator, found: Comment, action: Action
) -> Decided:
    """Take a decision that is sent again, since its answer was lost, for the one it is.

    :raises StaleStatus: it was somebody else's, or another one.
    """
    entry = history.last(core.at(site.name), found)
    if entry is None:
        raise StaleStatus(found.status)
    if found.status is action.status and entry.by == moderator.name:
        return Decided(found.status)
    raise StaleStatus(found.status, entry.by, entry.at)
