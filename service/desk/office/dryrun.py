"""A dry run: compare another policy's verdicts on the latest comments with what people decided.

The log keeps the scores, the opinion of each phase and people's decisions. Only the phases that
need nothing but scores are run again, with the other thresholds; then the pipeline concludes as
usual. What cannot be derived from the log keeps its original opinion: the words, links and length
of a text, repetition, the author's record and how the site treats them. The log shows that an
author was trusted only where that trust decided. Nothing is scored again, and nothing is written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from service.core import Core
from service.domain import actor
from service.domain.actor import Actor
from service.domain.attribute import ATTRIBUTES
from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.domain.comment import Status
from service.domain.reason import TRUSTED
from service.domain.site import Site
from service.domain.verdict import GRAVITY, Depth, Opinion, Outcome
from service.judging import pipeline
from service.judging.case import Case
from service.store.comments import history
from service.store.comments.history import Entry
from service.turnstile import LONG_READS

LATEST = 10_000
CHUNK = 2_000
# A busy log also holds edits, flags and decisions; reading further back would take too long.
FURTHEST = 40_000
BINS = 20
REFUSED = frozenset({Status.REJECTED, Status.REMOVED})


@dataclass(frozen=True, slots=True)
class JudgedComment:
    """A verdict from the log: scores, opinions, trust in the author, and people's decision."""

    scores: Mapping[str, float | None]
    opinions: tuple[Opinion, ...] = ()
    author_status: AuthorStatus | None = None
    decided: Status | None = None
    depth: Depth = Depth.UNREAD

    @property
    def was_refused(self) -> bool:
        """Whether a person refused it."""
        return self.decided in REFUSED

    @property
    def was_approved(self) -> bool:
        """Whether a person approved it."""
        return self.decided is Status.APPROVED


@dataclass(slots=True)
class Shift:
    """How many comments change from one outcome to another, and what people decided on them."""

    before: Outcome
    after: Outcome
    comments: int = 0
    approved: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The result of a dry run."""

    comments: int
    before: Mapping[Outcome, int]
    after: Mapping[Outcome, int]
    moves: list[Shift] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Comments per score bin: those that people approved, refused, or did not decide on."""

    approved: list[int]
    refused: list[int]
    others: list[int]


def rehearse(comments: Iterable[JudgedComment], old: Site, new: Site) -> Rehearsal:
    """Judge comments with the thresholds and modes of two settings, and compare."""
    before, after = Counter[Outcome](), Counter[Outcome]()
    shifts: dict[tuple[Outcome, Outcome], Shift] = {}
    for comment in comments:
        then, now = judge_again(comment, old), judge_again(comment, new)
        before[then] += 1
        after[now] += 1
        if then is not now:
            shift = shifts.setdefault((then, now), Shift(then, now))
            shift.comments += 1
            shift.approved += comment.was_approved
            shift.refused += comment.was_refused
    moves = sorted(shifts.values(), key=lambda shift: (GRAVITY.index(shift.after), -shift.comments))
    return Rehearsal(comments=before.total(), before=before, after=after, moves=moves)


def judge_again(comment: JudgedComment, site: Site) -> Outcome:
    """Return the outcome for a comment under a site's settings, by the pipeline itself."""
    case = Case(
        policy=site.policy,
        mode=site.mode,
        scores=comment.scores,
        author_status=comment.author_status,
        depth=comment.depth,
    )
    return pipeline.replay(case, comment.opinions).outcome


def latest(core: Core, site: Site, limit: int = LATEST) -> list[JudgedComment]:
    """Read the latest comments that the machine has scored, and people's later decisions.

    :raises Busy: too many are reading the log at the same time.
    """
    with LONG_READS.passed():
        return _latest(core, site, limit)


def _latest(core: Core, site: Site, limit: int) -> list[JudgedComment]:
    decided: dict[str, Status] = {}
    judged: dict[str, JudgedComment] = {}
    for entry in _back(core, site):
        if actor.is_moderator(entry.by):
            decided.setdefault(entry.comment, Status(entry.new))
        elif entry.by == Actor.MACHINE and entry.scores and entry.comment not in judged:
            judged[entry.comment] = read(entry, decided.get(entry.comment))
            if len(judged) == limit:
                break
    return list(judged.values())


def read(entry: Entry, decided: Status | None = None) -> JudgedComment:
    """Read one of the machine's verdicts from its log entry."""
    trusted = AuthorStatus(kind=AuthorStatusKind.TRUSTED, by=entry.by, at=entry.at)
    status = trusted if TRUSTED.code in entry.reasons else None
    return JudgedComment(entry.scores, entry.opinions, status, decided, entry.depth)


def histograms(comments: Iterable[JudgedComment]) -> dict[str, Histogram]:
    """Count the scores of each attribute."""
    counts = {name: Histogram([0] * BINS, [0] * BINS, [0] * BINS) for name in ATTRIBUTES}
    for comment in comments:
        for name, score in comment.scores.items():
            if score is not None and name in counts:
                _bins(counts[name], comment)[min(BINS - 1, int(score * BINS))] += 1
    return counts


def _bins(histogram: Histogram, comment: JudgedComment) -> list[int]:
    if comment.was_refused:
        return histogram.refused
    return histogram.approved if comment.was_approved else histogram.others


def _back(core: Core, site: Site) -> Iterator[Entry]:
    end, walked = "+", 0
    while walked < FURTHEST:
        chunk = history.before(core.at(site.name), end, "-", CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        walked += len(chunk)
        end = f"({chunk[-1].id}"
