"""Everything a phase may look at, gathered beforehand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from service.domain.author import AuthorRecord
from service.domain.comment import Comment
from service.domain.footing import Footing
from service.domain.policy import Policy
from service.domain.site import Mode
from service.domain.verdict import Outcome, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Earlier texts that are nearly the same: how many, and how many of them by this author."""

    texts: int = 0
    by_author: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One comment with its evidence; `was_held`: by reports or a person, before it was edited."""

    comment: Comment
    policy: Policy
    mode: Mode = Mode.MACHINE
    scores: Mapping[str, float | None] = field(default_factory=dict)
    language: str = "und"
    record: AuthorRecord = field(default_factory=AuthorRecord)
    footing: Footing | None = None
    alike: Alike = field(default_factory=Alike)
    blocked: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    was_held: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one phase found, and what it asks for."""

    reason: Reason
    outcome: Outcome


Phase = Callable[[Case], Opinion | None]
