"""Shapes of the desk's API for programs with a key of scope `manage`."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.domain import ids
from service.domain.comment import Status
from service.domain.cursor import CURSOR
from service.domain.decision import Action
from service.domain.queue_filters import QueueOrder, State
from service.domain.verdict import Depth

Id = Annotated[str, Field(pattern=rf"^[{ids.ALPHABET}]{{{ids.LENGTH}}}$")]


class ManageRequest(BaseModel):
    """A request body; unknown fields are faults, since they are mistakes or attacks."""

    model_config = ConfigDict(extra="forbid")


class QueueQuery(ManageRequest):
    """Which comments, in which order."""

    state: State = State.HELD
    order: QueueOrder | None = None
    thread: str = Field("", description="The id of an article, as a comment names it.")
    author: str = ""
    reason: str = Field("", description="A finding, e.g. `spam/spam`.")
    language: str = ""
    host: str = Field("", description="A host that is linked to.")
    attribute: str = Field("", description="The score of a band, e.g. `TOXICITY`.")
    low: float = Field(0.0, ge=0, le=1)
    high: float = Field(1.0, ge=0, le=1)
    q: str = Field("", max_length=100, description="Words of the text or the name.")
    limit: int = Field(25, ge=1, le=100)
    cursor: str = Field("", max_length=100, pattern=CURSOR)


class QueuedComment(BaseModel):
    """A comment in a queue; `margin` is how close its scores come to a threshold."""

    id: str
    thread: str
    url: str
    title: str
    parent: str | None
    author: str
    name: str
    body: str
    status: Status
    created_at: datetime
    scores: dict[str, float | None]
    reasons: list[str]
    language: str
    margin: float | None
    depth: Depth = Field(
        description="How thoroughly it was read for its scores, empty if it was not."
    )
    revision: int = Field(description="How often its author has changed it.")
    flags: int
    votes_apart: int = Field(description="Votes that do not count; see docs/threat-model.md.")
    approved: int = Field(description="How many of the author's comments stand.")
    refused: int
    claimed_by: str | None


class QueueListing(BaseModel):
    """One page of a queue; `total` comments match, of the first `window` if that is a number."""

    comments: list[QueuedComment]
    next: str | None
    total: int
    window: int | None


class NewClaim(ManageRequest):
    """The comment to claim."""

    comment: str = Field(max_length=40)


class Claim(BaseModel):
    """Who holds the claim on the comment, and its status."""

    claimed_by: str
    status: Status


class NewAction(ManageRequest):
    """The action on what was `seen` in a status."""

    action: Action
    seen: Status
    reason: str = Field("", description="At most 500 characters; its author may read it.")


class NewDecision(NewAction):
    """A decision on one comment; without a `revision` it applies to any version of its text."""

    revision: int | None = Field(None, ge=0)


class DecisionResult(BaseModel):
    """The comment's status now, and the token that undoes the decision for ten minutes."""

    status: Status
    undo: str


class NewDecisions(NewAction):
    """One decision on many comments; `undo` joins it to an earlier part."""

    comments: list[Id] = Field(min_length=1, max_length=2000)
    undo: str = Field("", max_length=40)


class BulkDecisionResult(BaseModel):
    """The comments decided on, and how many had changed meanwhile."""

    decided: list[str]
    stale: int
    undo: str


class NewUndo(ManageRequest):
    """The decision to undo."""

    undo: str = Field(max_length=40)


class Undone(BaseModel):
    """The comments restored to their earlier status."""

    comments: list[str]
