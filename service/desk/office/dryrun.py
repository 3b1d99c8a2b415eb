"""A dry run: what other thresholds would have done to the latest comments, and what people did.

The scores, the other phases' reasons and people's decisions all stand in the log; nothing is
scored anew and nothing is written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from service.core import Core
from service.domain import actor
from service.domain.actor import Actor
from service.domain.attribute import ATTRIBUTES, ESSENTIAL, GRAVE
from service.domain.comment import Status
from service.domain.policy import Threshold
from service.domain.site import Mode, Site
from service.domain.verdict import GRAVITY, Outcome
from service.store.comments import history

LATEST = 10_000
CHUNK = 2_000
# A busy log holds edits, flags and decisions too; further back than this nobody waits for.
FURTHEST = 40_000
BINS = 20
NO_THRESHOLD = Threshold()
# A finding that asks for nothing: it says that others were waived.
TRUSTED = "footing/trusted"
REFUSED = frozenset({Status.REJECTED, Status.REMOVED})


@dataclass(frozen=True, slots=True)
class Judged:
    """A comment with its scores, what the other phases asked for, and what people made of it.

    Of a trusted author mild doubts were waived; where there were none, the log does not tell.
    """

    scores: Mapping[str, float | None]
    others: Outcome
    decided: Status | None = None
    is_trusted: bool = False

    @property
    def was_refused(self) -> bool:
        """Tell whether a person refused it."""
        return self.decided in REFUSED

    @property
    def was_approved(self) -> bool:
        """Tell whether a person let it stand."""
        return self.decided is Status.APPROVED


@dataclass(slots=True)
class Move:
    """How many comments would fare otherwise, and what people had decided of them."""

    before: Outcome
    after: Outcome
    comments: int = 0
    approved: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a dry run has found."""

    comments: int
    before: Mapping[Outcome, int]
    after: Mapping[Outcome, int]
    moves: list[Move] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many comments have which score: by bins, those people approved, refused, did not see."""

    approved: list[int]
    refused: list[int]
    others: list[int]


def rehearse(rows: Iterable[Judged], old: Site, new: Site) -> Rehearsal:
    """Judge rows by the thresholds and the mode of two policies, and compare."""
    before, after = Counter[Outcome](), Counter[Outcome]()
    moves: dict[tuple[Outcome, Outcome], Move] = {}
    for row in rows:
        then, now = judged_by(row, old), judged_by(row, new)
        before[then] += 1
        after[now] += 1
        if then is not now:
            move = moves.setdefault((then, now), Move(then, now))
            move.comments += 1
            move.approved += row.was_approved
            move.refused += row.was_refused
    found = sorted(moves.values(), key=lambda move: (GRAVITY.index(move.after), -move.comments))
    return Rehearsal(comments=before.total(), before=before, after=after, moves=found)


def judged_by(row: Judged, site: Site) -> Outcome:
    """Tell what a site's policy makes of a row, as the pipeline does."""
    if site.mode is Mode.PRE:
        return Outcome.HOLD
    wishes = {name: _wish(site, name, score) for name, score in row.scores.items()}
    unknown = [Outcome.HOLD for name in ESSENTIAL if row.scores.get(name) is None]
    gravest = max((row.others, *wishes.values(), *unknown), key=GRAVITY.index)
    is_mild = not unknown and not any(wishes.get(name) is Outcome.HOLD for name in GRAVE)
    if gravest is Outcome.HOLD and row.is_trusted and is_mild:
        return Outcome.APPROVE
    return gravest


def latest(core: Core, site: Site, limit: int = LATEST) -> list[Judged]:
    """Read the latest comments that the machine has scored, and what people decided after."""
    decided: dict[str, Status] = {}
    rows: dict[str, Judged] = {}
    for entry in _back(core, site):
        if actor.is_moderator(entry.by):
            decided.setdefault(entry.comment, Status(entry.new))
        elif entry.by == Actor.MACHINE and entry.scores and entry.comment not in rows:
            said = decided.get(entry.comment)
            is_trusted = TRUSTED in entry.reasons
            rows[entry.comment] = Judged(entry.scores, others(entry.reasons), said, is_trusted)
            if len(rows) == limit:
                break
    return list(rows.values())


def others(reasons: Iterable[str]) -> Outcome:
    """Tell what the phases that look at no score asked for."""
    asking = (reason for reason in reasons if reason != TRUSTED)
    phases = {reason.partition("/")[0] for reason in asking} - {"spam", "toxicity", "mode"}
    if "blocked_words" in phases:
        return Outcome.REJECT
    return Outcome.HOLD if phases else Outcome.APPROVE


def histograms(rows: list[Judged]) -> dict[str, Histogram]:
    """Count the scores of each attribute."""
    found = {name: Histogram([0] * BINS, [0] * BINS, [0] * BINS) for name in ATTRIBUTES}
    for row in rows:
        for name, score in row.scores.items():
            if score is not None and name in found:
                kind = found[name].others
                if row.was_refused or row.was_approved:
                    kind = found[name].refused if row.was_refused else found[name].approved
                kind[min(BINS - 1, int(score * BINS))] += 1
    return found


def _wish(site: Site, name: str, score: float | None) -> Outcome:
    threshold = site.policy.thresholds.get(name, NO_THRESHOLD)
    if score is None or score < threshold.hold:
        return Outcome.APPROVE
    return Outcome.REJECT if score >= threshold.reject else Outcome.HOLD


def _back(core: Core, site: Site) -> Iterator[history.Entry]:
    end, walked = "+", 0
    while walked < FURTHEST:
        chunk = history.before(core.at(site.name), end, "-", CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        walked += len(chunk)
        end = f"({chunk[-1].id}"
