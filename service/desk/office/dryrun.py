"""A dry run: what another policy would have done to the latest comments, and what people did.

The log keeps the scores, the opinion of each phase and people's decisions. Only the phases that
need nothing but scores are run again, with the other thresholds; then the pipeline concludes as
ever. What cannot be made anew from the log keeps the opinion that was given then: the words, links
and length of a text, repetition, the author's record and how the site treats them. Whether an
author was trusted stands in the log only where that trust decided. Nothing is scored anew, and
nothing is written.
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
from service.domain.verdict import GRAVITY, Opinion, Outcome
from service.judging import pipeline
from service.judging.case import Case
from service.store.comments import history
from service.store.comments.history import Entry

LATEST = 10_000
CHUNK = 2_000
# A busy log holds edits, flags and decisions too; further back than this nobody waits for.
FURTHEST = 40_000
BINS = 20
REFUSED = frozenset({Status.REJECTED, Status.REMOVED})


@dataclass(frozen=True, slots=True)
class JudgedComment:
    """What the log has of a verdict: scores, opinions, trust in the author; and what people did."""

    scores: Mapping[str, float | None]
    opinions: tuple[Opinion, ...] = ()
    author_status: AuthorStatus | None = None
    decided: Status | None = None

    @property
    def was_refused(self) -> bool:
        """Whether a person refused it."""
        return self.decided in REFUSED

    @property
    def was_approved(self) -> bool:
        """Whether a person let it stand."""
        return self.decided is Status.APPROVED


@dataclass(slots=True)
class Shift:
    """How many comments would fare otherwise, and what people had decided about them."""

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
    """How many comments have which score: by bins, those people approved, refused, did not see."""

    approved: list[int]
    refused: list[int]
    others: list[int]


def rehearse(comments: Iterable[JudgedComment], old: Site, new: Site) -> Rehearsal:
    """Judge comments by the thresholds and the mode of two sites' settings, and compare."""
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
    """Tell what a site's settings make of a comment, through the pipeline itself."""
    case = Case(
        policy=site.policy,
        mode=site.mode,
        scores=comment.scores,
        author_status=comment.author_status,
    )
    return pipeline.replay(case, comment.opinions).outcome


def latest(core: Core, site: Site, limit: int = LATEST) -> list[JudgedComment]:
    """Read the latest comments that the machine has scored, and what people decided after."""
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
    """Read a verdict of the machine from its entry in the log."""
    trusted = AuthorStatus(kind=AuthorStatusKind.TRUSTED, by=entry.by, at=entry.at)
    status = trusted if TRUSTED.code in entry.reasons else None
    return JudgedComment(entry.scores, entry.opinions, status, decided)


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
