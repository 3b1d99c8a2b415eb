"""Shapes of requests, as OpenAPI describes them."""

from typing import Literal

from pydantic import ConfigDict, Field

from service.domain.comment import Badge
from service.domain.cursor import CURSOR
from service.domain.flag import FlagReason
from service.domain.thread import Order
from service.web.api.shapes import Shape


class Incoming(Shape):
    """A request body; unknown fields are faults, since they are mistakes or attacks."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class CaptchaAnswer(Incoming):
    """The captcha's id with what the reader read, heard or (proof of work) computed."""

    id: str = Field("", max_length=200)
    answer: str = Field("", max_length=8000)
    work: str = Field("", max_length=8000, description="The work beside a code, if it was done.")


class NewComment(Incoming):
    """A comment as a reader sends it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["thread", "name", "body"]}
    )

    # Required, but defaulted: a missing field is reported together with all other faults.
    thread: str = Field("", description="The article's address; it must be one of the site's.")
    title: str = Field(
        "",
        description="The article's title; a proposal, unless a key of scope `manage` sends it.",
    )
    parent: str | None = Field(None, description="The comment this one answers.")
    name: str = Field("", description="As long as the site allows.")
    email: str | None = Field(None, description="Never shown to readers.")
    body: str = Field("", description="Plain text.")
    captcha: CaptchaAnswer | None = None
    insist: bool = Field(False, description="Send it as it is, though it may be held.")
    language: str = Field(
        "", max_length=35, description="The page's, as a BCP-47 tag, if it is not the site's."
    )
    badge: Badge | None = Field(None, description="Only with a key of scope `manage`.")
    homepage: str = Field("", description="The form's field that people do not see; leave it out.")


class Edit(Incoming):
    """The author's new text."""

    body: str = ""


class NewVote(Incoming):
    """A reader's vote; `none` withdraws it."""

    direction: Literal["up", "down", "none"]


class NewNotice(Incoming):
    """What Art. 16 of the Digital Services Act requires; `minors`: sexual abuse of children."""

    place: str = Field("", description="The exact address of the comment.")
    name: str = Field("", description="The reporting person's; optional with `minors`.")
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
    """The requested kind; `image` is what the form shows. A site may offer nothing else."""

    kind: Literal["image", "pow"] | None = None
    again: str = Field(
        "", max_length=200, description="Its id, to offer it again with the work asked for now."
    )


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
    """Which article to follow; without one, the whole site."""

    thread: str = ""


class SearchQuery(Shape):
    """The words to search for, and where."""

    q: str = ""
    thread: str = ""
    limit: int = Field(20, ge=1, le=100)
    cursor: str = Field("", max_length=100, pattern=f"^[0-9]{{1,20}}$|{CURSOR}")
