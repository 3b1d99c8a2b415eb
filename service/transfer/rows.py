"""The rows of an export: articles and comments, as JSON lines carry them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.domain.comment import Badge, Status
from service.domain.thread_state import ThreadState

Vote = Literal["1", "-1"]
# Pseudonyms become parts of keys.
Pseudonym = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Code = Annotated[str, Field(pattern=r"^[a-z_-]{1,40}/[a-z_-]{1,40}$")]
# Milliseconds since 1970, before the year 10000.
Moment = Annotated[int, Field(ge=0, le=253_402_300_799_999)]
Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
MAX_BODY, MAX_NAME, MAX_TITLE, MAX_EDITS, MAX_REASONS = 100_000, 200, 1000, 100_000, 100


class ThreadRow(BaseModel):
    """An article with its votes."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["thread"] = "thread"
    url: str
    title: str = Field("", max_length=MAX_TITLE)
    opened: Moment = 0
    state: ThreadState | None = None
    moved_to: str | None = None
    votes: dict[Pseudonym, Vote] = Field(default_factory=dict)


class CommentRow(BaseModel):
    """A comment with its votes and flags; moments are milliseconds since 1970."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["comment"] = "comment"
    id: str
    thread: str
    parent: str | None = None
    author: Pseudonym
    name: str = Field(max_length=MAX_NAME)
    email: str | None = None
    badge: Badge | None = None
    body: str = Field(max_length=MAX_BODY)
    created: Moment
    status: Status = Status.PENDING
    revision: int = Field(0, ge=0, le=MAX_EDITS)
    edited: Moment | None = None
    scores: dict[str, Score | None] = Field(default_factory=dict)
    reasons: list[Code] = Field(default_factory=list, max_length=MAX_REASONS)
    votes: dict[Pseudonym, Vote] = Field(default_factory=dict)
    flags: dict[Pseudonym, str] = Field(default_factory=dict)
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
