"""Undoing decisions; a bulk decision is undone as a whole."""

from dataclasses import dataclass
from datetime import datetime

from service.core import Core
from service.desk.queue import permission
from service.domain import ids
from service.domain.comment import Comment
from service.domain.decision import Action
from service.domain.errors import NotAllowed, UndoOver
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.comments import comments, door, history
from service.store.comments.door import Move
from service.store.desk import undo
from service.store.desk.undo import Before

BATCH = 200
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Undoable:
    """A moderator's own decision that can be undone, and its comment if there is only one."""

    undo: str
    action: Action
    at: datetime
    count: int
    comment: Comment | None


def undoable(core: Core, site: Site, moderator: Moderator) -> list[Undoable]:
    """List the decisions a moderator can undo, latest first; empty for a read-only role."""
    if not moderator.may_decide(site.name):
        return []
    record = core.at(site.name)
    decisions = undo.latest(record, moderator.name, now=core.now(), limit=SHOWN)
    comment_ids = [decision.comment for decision in decisions if decision.comment]
    by_id = {comment.id: comment for comment in comments.get_many(record, comment_ids)}
    return [
        Undoable(
            decision.undo,
            decision.action,
            decision.at,
            decision.count,
            by_id.get(decision.comment),
        )
        for decision in decisions
    ]


def take_back(core: Core, site: Site, moderator: Moderator, token: str) -> list[str]:
    """Restore comments to their earlier status, except those decided again since.

    :raises UndoOver: ten minutes have passed, or the decision was undone already.
    :raises NotAllowed: it is somebody else's decision.
    """
    permission.check_may_decide(site, moderator)
    record = core.at(site.name)
    by, before = undo.read(record, token) if ids.is_id(token) else ("", {})
    if not before:
        raise UndoOver
    if by != moderator.name:
        raise NotAllowed(site.name)
    decided = list(before)
    restored = [
        id_
        for start in range(0, len(decided), BATCH)
        for id_ in _restore(core, site, moderator, decided[start : start + BATCH], before)
    ]
    # Dropped last: if this process ends midway, repeating the request does the rest.
    undo.drop(record, token, moderator.name)
    return restored


def _restore(
    core: Core, site: Site, moderator: Moderator, batch: list[str], before: dict[str, Before]
) -> list[str]:
    record = core.at(site.name)
    decided = comments.get_many(record, batch)
    moves = [_back(core, moderator, comment, before[comment.id]) for comment in decided]
    results = door.carry_out_many(record, moves)
    return [comment.id for comment, result in zip(decided, results, strict=True) if result]


def _back(core: Core, moderator: Moderator, comment: Comment, before: Before) -> Move:
    return Move(
        comment,
        before.status,
        by=moderator.name,
        why=history.UNDONE,
        now=core.now(),
        entry=before.entry,
        answered=before.answered,
    )
