"""The rows of an export: articles and comments, as JSON lines carry them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.domain.comment import Badge, Status
from service.domain.thread_state import ThreadState

Vote = Literal["1", "-1"]


class ThreadRow(BaseModel):
    """An article with its votes."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["thread"] = "thread"
    url: str
    title: str = ""
    opened: int = 0
    state: ThreadState | None = None
    moved_to: str | None = None
    votes: dict[str, Vote] = Field(default_factory=dict)


class CommentRow(BaseModel):
    """A comment with its votes and flags; moments are milliseconds since 1970."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["comment"] = "comment"
    id: str
    thread: str
    parent: str | None = None
    author: str
    name: str
    email: str | None = None
    badge: Badge | None = None
    body: str
    created: int
    status: Status = Status.PENDING
    revision: int = 0
    edited: int | None = None
    scores: dict[str, float | None] = Field(default_factory=dict)
    reasons: list[str] = Field(default_factory=list)
    votes: dict[str, Vote] = Field(default_factory=dict)
    flags: dict[str, str] = Field(default_factory=dict)
    label: dict[str, str] | None = None


Row = ThreadRow | CommentRow


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that was not imported, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, with the number of its line in the file."""

    line: int
    row: Row


Rows = Iterator[Placed | Skipped]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format for imports.

    `read` yields the rows of a file; it yields what it cannot read as skipped, and goes on.
    `example` is an example of a file name.
    """

    name: str
    description: str
    example: str
    read: Callable[[BinaryIO], Rows]


def faults(error: ValidationError) -> str:
    """Describe the faults of a row."""
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in error.errors()
    )
