"""The layout of an exchange: answers nest below their parent to a depth, then become flat."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.comment import Comment
from service.domain.thread import Thread
from service.readers.exchange import Exchange

DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One comment with the answers below it, and the number of further ones.

    `comment` is None if it is no longer visible. `answers_to` is the name of who is answered if the
    page must say so, and None if that is no longer known; with `is_near` only narrow pages say it.
    `article` is the comment's article if it is not the page's.
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
        """The number of answers below it, shown or not."""
        return self.more + sum(1 + answer.size for answer in self.answers)


@dataclass(frozen=True, slots=True)
class _Place:
    branch: Branch
    beneath: Branch
    depth: int


def lay_out(exchange: Exchange, *, rest: str = "") -> Branch:
    """Arrange the answers of an exchange; `rest` is the cursor of further ones."""
    top = Branch(id=exchange.root, comment=exchange.comment, more=exchange.left, rest=rest)
    places = {top.id: _Place(top, top, 0)}
    for answer in exchange.answers:
        places[answer.id] = _place(answer, places.get(answer.parent or ""), places[top.id])
    return top


def shown(branches: Sequence[Branch]) -> list[Comment]:
    """List the comments of branches and of everything below them."""
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
