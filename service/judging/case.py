"""The evidence about one comment, gathered before any phase runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from service.domain.author import AuthorRecord
from service.domain.author_status import AuthorStatus
from service.domain.comment import Doubt
from service.domain.policy import Policy
from service.domain.site import Mode
from service.domain.verdict import Depth, Opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """How many earlier texts are nearly the same, and how many of them are by this author."""

    texts: int = 0
    by_author: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The evidence about a few words that stand alone: an author's name, or an article's title."""

    words: str = field(default="", repr=False)
    scores: Mapping[str, float | None] = field(default_factory=dict)
    blocked: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The evidence about one comment, and the site's policy; unknown evidence keeps its default.

    `body` is the text, None if only its scores are known. `blocked` are the blocked words in it,
    `domains` the hosts it links to, one for each link, and `mentions` all hosts that it names, be
    they links or not. `own` are the hosts of the site's pages. `name` is the evidence about the
    author's name. `was_held`: reports or a person had held the comment before it was edited.
    `doubts` are about how it came in. `depth` is how thoroughly the text was read for its scores.
    """

    policy: Policy
    mode: Mode = Mode.MACHINE
    # Never in a log or a traceback.
    body: str | None = field(default=None, repr=False)
    scores: Mapping[str, float | None] = field(default_factory=dict)
    language: str = "und"
    record: AuthorRecord = field(default_factory=AuthorRecord)
    author_status: AuthorStatus | None = None
    alike: Alike = field(default_factory=Alike)
    blocked: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    name: Caption = field(default_factory=Caption)
    mentions: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    was_held: bool = False
    doubts: tuple[Doubt, ...] = ()
    depth: Depth = Depth.UNREAD


Phase = Callable[[Case], Opinion | None]
