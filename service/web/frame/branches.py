"""An exchange laid out: answers stand under what they answer, to a depth, and then one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.comment import Comment
from service.domain.thread import Thread
from service.readers.exchange import Exchange

DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One comment with the answers that stand under it, and how many more there are.

    `comment` is None where it is not to be seen any more. `answers_to` names who is answered where
    that has to be said, and is None where nobody knows any more; `is_near` where it has to be said
    on a narrow page only. `article` is the comment's where that is not the page's.
    """

    id: str
    comment: Comment | None
    answers: "list[Branch]" = field(default_factory=list)
    answers_to: str | None = ""
    is_near: bool = False
    more: int = 0
    rest: str = ""
    article: Thread | None = None

    @property
    def size(self) -> int:
        """How many answers there are under it, shown or not."""
        return self.more + sum(1 + answer.size for answer in self.answers)


@dataclass(frozen=True, slots=True)
class _Place:
    branch: Branch
    beneath: Branch
    depth: int


def lay_out(exchange: Exchange, *, rest: str = "") -> Branch:
    """Put every answer of an exchange where it belongs; `rest` is where further ones begin."""
    top = Branch(id=exchange.root, comment=exchange.comment, more=exchange.left, rest=rest)
    places = {top.id: _Place(top, top, 0)}
    for answer in exchange.answers:
        places[answer.id] = _place(answer, places.get(answer.parent or ""), places[top.id])
    return top


def shown(branches: Sequence[Branch]) -> list[Comment]:
    """List the comments of branches and of everything under them."""
    comments: list[Comment] = []
    for branch in branches:
        comments += [branch.comment] if branch.comment else []
        comments += shown(branch.answers)
    return comments


def _place(answer: Comment, parent: _Place | None, top: _Place) -> _Place:
    above = parent or top
    depth = min(above.depth + 1, DEPTH)
    branch = Branch(
        id=answer.id,
        comment=answer,
        answers_to=_answered_name(parent, depth),
        is_near=above.depth < DEPTH,
    )
    above.beneath.answers.append(branch)
    return _Place(branch, branch if depth < DEPTH else above.beneath, depth)


def _answered_name(parent: _Place | None, depth: int) -> str | None:
    if parent is None or parent.branch.comment is None:
        return None
    return parent.branch.comment.name if depth > 1 else ""
