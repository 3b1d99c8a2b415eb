"""Shapes of answers, as OpenAPI describes them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from service.captcha.strategies import STRATEGIES
from service.domain.appeal import AppealState
from service.domain.comment import Badge
from service.readers.statement import Decider

KINDS: list[JsonValue] = [
    *sorted({provider.kind for providers in STRATEGIES.values() for provider in providers.both})
]


class Shape(BaseModel):
    """A shape, which the document names without the suffix that our class may have."""

    model_config = ConfigDict(model_title_generator=lambda shape: name_of(shape))


def name_of(shape: type) -> str:
    """Return the name of a shape in the OpenAPI document."""
    return shape.__name__.removesuffix("Shape")


class CaptchaShape(Shape):
    """A captcha: a picture and a sound of one code with work beside it, or work alone.

    Other providers may add fields of their own.
    """

    model_config = ConfigDict(extra="allow")

    id: str
    kind: str = Field(json_schema_extra={"enum": KINDS})
    image: str | None = None
    audio: str | None = None
    altcha: dict[str, object] | None = None
    expires_at: datetime


class ReaderShape(Shape):
    """A reader's token; keep it, since votes and flags need it."""

    token: str


class StatementShape(Shape):
    """Why a comment was refused: by whom, by which rules (codes and words), when, and what next.

    `words` are the moderator's. `appeal_until` is null if the author withdrew it.
    """

    decider: Decider
    rules: list[str]
    reasons: list[str]
    words: str
    at: datetime
    appeal_until: datetime | None


class AppealShape(Shape):
    """An author's appeal against a refusal, and the newsroom's answer."""

    text: str
    at: datetime
    state: AppealState
    answer: str
    answered_at: datetime | None


class Own(Shape):
    """Details for the author only."""

    editable_until: datetime | None
    statement: StatementShape | None
    appeal: AppealShape | None


class CommentShape(Shape):
    """A comment as readers see it; `status` is `approved` for everybody but its author.

    `own` is there only for the author, identified by the receipt.
    """

    id: str
    thread: str
    parent: str | None
    name: str
    body: str
    html: str
    status: str
    created_at: datetime
    edited_at: datetime | None
    up: int
    down: int
    badge: Badge | None = None
    own: Own | None = None


class SubmittedShape(Shape):
    """The answer to an accepted comment; keep the receipt, since it proves who wrote it."""

    id: str
    status: str
    receipt: str
    comment: CommentShape


class ThreadShape(Shape):
    """An article's counts; `comments` counts the approved ones."""

    thread: str
    title: str
    comments: int
    up: int
    down: int


class ThreadPage(Shape):
    """One page of a thread; `next` is the cursor of the next one, null at the end."""

    thread: ThreadShape
    comments: list[CommentShape]
    next: str | None


class ThreadCounts(Shape):
    """An article's counts."""

    thread: str
    comments: int
    up: int
    down: int


class Counts(Shape):
    """The counts of the requested articles, in that order."""

    threads: list[ThreadCounts]


class TallyShape(Shape):
    """The votes on a comment or an article, with the caller's own."""

    up: int
    down: int
    yours: Literal["up", "down", "none"]


class Flagged(Shape):
    """A report was received; use `reference` to ask about it."""

    reference: str


class Found(Shape):
    """The results of a search."""

    comments: list[CommentShape]
    threads: dict[str, str] = Field(description="Article id → its address.")
    next: str | None


class FaultShape(Shape):
    """One faulty field."""

    field: str
    code: str
    detail: str


class Problem(Shape):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Field(default="")]
    errors: list[FaultShape]
