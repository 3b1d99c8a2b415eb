"""The shapes of what programs send and get, as OpenAPI describes them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from service.captcha.strategies import STRATEGIES
from service.domain.appeal import AppealState
from service.domain.comment import Badge
from service.domain.cursor import CURSOR
from service.domain.flag import FlagReason
from service.domain.thread import Order
from service.readers.statement import Decider

KINDS: list[JsonValue] = [
    *sorted({provider.kind for providers in STRATEGIES.values() for provider in providers.both})
]


class Shape(BaseModel):
    """The document names a shape without the ending that sets it apart from our own class."""

    model_config = ConfigDict(model_title_generator=lambda shape: name_of(shape))


def name_of(shape: type) -> str:
    """Give the name of a shape in the OpenAPI document."""
    return shape.__name__.removesuffix("Shape")


class Incoming(Shape):
    """What comes in: unknown fields are faults, since they are mistakes or attempts."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class CaptchaAnswer(Incoming):
    """The captcha's id with what the reader read, heard or (proof of work) computed."""

    id: str = Field("", max_length=200)
    answer: str = Field("", max_length=8000)


class NewComment(Incoming):
    """A comment as a reader sends it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["thread", "name", "body"]}
    )

    # Required, but defaulted: what is missing is told together with everything else that is wrong.
    thread: str = Field("", description="The article's address; it must be one of the site's.")
    title: str = Field("", description="The article's title, for the moderators.")
    parent: str | None = Field(None, description="The comment this one answers.")
    name: str = Field("", description="1 to 50 characters.")
    email: str | None = Field(None, description="Never shown to readers.")
    body: str = Field("", description="Plain text.")
    captcha: CaptchaAnswer | None = None
    insist: bool = Field(False, description="Send it as it is, though it may be held.")
    badge: Badge | None = Field(None, description="Only with a key of scope `manage`.")


class Edit(Incoming):
    """The author's new text."""

    body: str = ""


class NewVote(Incoming):
    """Which way a reader votes; `none` withdraws."""

    direction: Literal["up", "down", "none"]


class NewNotice(Incoming):
    """What Art. 16 of the Digital Services Act asks for; `minors`: sexual abuse of children."""

    place: str = Field("", description="The exact address of the comment.")
    name: str = Field("", description="Of who reports; may be missing with `minors`.")
    email: str = Field("", description="The same.")
    good_faith: bool = Field(False, description="They believe it to be correct and complete.")
    minors: bool = False


class NewAppeal(Incoming):
    """Why an author thinks that their comment should be published."""

    text: str = Field("", description="At most 2000 characters.")


class NewFlag(Incoming):
    """Why a reader flags a comment."""

    reason: FlagReason
    note: str = Field("", description="At most 1000 characters; why, if it is illegal.")
    notice: NewNotice | None = Field(None, description="Needed if it is illegal.")


class CaptchaQuery(Shape):
    """Which kind is wanted: `image` is what the form shows. A site may hand out nothing else."""

    kind: Literal["image", "pow"] | None = None


class ThreadQuery(Shape):
    """Which comments of which article."""

    thread: str = ""
    sort: Order = Order.NEWEST
    limit: int = Field(50, ge=1, le=100)
    cursor: str = Field("", max_length=100, pattern=CURSOR)


class ArticleQuery(Shape):
    """Which article."""

    thread: str = ""


class CountsQuery(Shape):
    """Which articles, up to 100."""

    thread: list[str] = Field(default_factory=list)


class FeedQuery(Shape):
    """Which article to follow; all of the site's without one."""

    thread: str = ""


class SearchQuery(Shape):
    """What to search for, and where."""

    q: str = ""
    thread: str = ""
    limit: int = Field(20, ge=1, le=100)
    cursor: str = Field("", max_length=100, pattern=f"^[0-9]{{1,20}}$|{CURSOR}")


class CaptchaShape(Shape):
    """A captcha: a picture and a sound of one code, or a proof of work.

    Another provider than these may bring fields of its own.
    """

    model_config = ConfigDict(extra="allow")

    id: str
    kind: str = Field(json_schema_extra={"enum": KINDS})
    image: str | None = None
    audio: str | None = None
    altcha: dict[str, object] | None = None
    expires_at: datetime


class ReaderShape(Shape):
    """A reader's token; keep it, votes and flags need it."""

    token: str


class StatementShape(Shape):
    """Why a comment was refused: by whom, by which rules (codes and words), when, what one may do.

    `words` are the moderator's. `appeal_until` is null where the author took it back.
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
    """What only the author is told."""

    editable_until: datetime | None
    statement: StatementShape | None
    appeal: AppealShape | None


class CommentShape(Shape):
    """A comment as readers see it; `status` is `approved` for everybody but its author.

    `own` is there for its author alone, who shows the receipt.
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
    """The answer to an accepted comment; keep the receipt, it proves who wrote it."""

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
    """The counts of the articles that were asked for, in that order."""

    threads: list[ThreadCounts]


class TallyShape(Shape):
    """The votes on a comment or an article, with the caller's own."""

    up: int
    down: int
    yours: Literal["up", "down", "none"]


class Flagged(Shape):
    """A report is kept; `reference` is what to ask for it by."""

    reference: str


class Found(Shape):
    """What a search found."""

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
