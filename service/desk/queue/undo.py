"""A moderator takes a decision back, a large one as one."""

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
    """A decision of one's own that can be taken back, and the comment if it was about one."""

    undo: str
    action: Action
    at: datetime
    count: int
    comment: Comment | None


def latest(core: Core, site: Site, moderator: Moderator) -> list[Undoable]:
    """List what a moderator can take back, the latest first; nothing for who may only look."""
    if not moderator.may_decide(site.name):
        return []
    record = core.at(site.name)
    kept = undo.latest(record, moderator.name, now=core.now(), limit=SHOWN)
    single = [one.comment for one in kept if one.comment]
    found = {one.id: one for one in comments.get_many(record, single)}
    return [
        Undoable(one.undo, one.action, one.at, one.count, found.get(one.comment)) for one in kept
    ]


def take_back(core: Core, site: Site, moderator: Moderator, token: str) -> list[str]:
    """Bring comments back to where they stood; what was decided again since stays as it is.

    :raises UndoOver: ten minutes have gone, or it was taken back already.
    :raises NotAllowed: somebody else decided.
    """
    permission.admit(site, moderator)
    record = core.at(site.name)
    by, before = undo.read(record, token) if ids.is_id(token) else ("", {})
    if not before:
        raise UndoOver
    if by != moderator.name:
        raise NotAllowed(site.name)
    named = list(before)
    back = [
        id_
        for start in range(0, len(named), BATCH)
        for id_ in _restore(core, site, moderator, named[start : start + BATCH], before)
    ]
    # Dropped last: if we die on the way, the same again does the rest.
    undo.drop(record, token, moderator.name)
    return back


def _restore(
    core: Core, site: Site, moderator: Moderator, named: list[str], before: dict[str, Before]
) -> list[str]:
    record = core.at(site.name)
    found = comments.get_many(record, named)
    wanted = [_back(core, moderator, one, before[one.id]) for one in found]
    done = door.carry_out_many(record, wanted)
    moved = [one for one, made in zip(found, done, strict=True) if made]
    return [one.id for one in moved]


def _back(core: Core, moderator: Moderator, comment: Comment, was: Before) -> Move:
    return Move(
        comment,
        was.status,
        by=moderator.name,
        why=history.UNDONE,
        now=core.now(),
        entry=was.entry,
        answered=was.answered,
    )
