"""A dry run: what other thresholds would have done to the latest comments, and what people did.

The scores, the other phases' reasons and people's decisions all stand in the log; nothing is
scored anew and nothing is written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from service.core import Core
from service.domain.attribute import ATTRIBUTES
from service.domain.comment import Status
from service.domain.policy import Threshold
from service.domain.site import Mode, Site
from service.domain.verdict import Outcome
from service.store import history

LATEST = 10_000
CHUNK = 2_000
# A busy log holds edits, flags and decisions too; further back than this nobody waits for.
FURTHEST = 40_000
BINS = 20
ESSENTIAL = ("TOXICITY", "SPAM")
NEVER = Threshold(1.01)
GRAVITY = tuple(Outcome)
# Who is named in the log and is no moderator.
NOBODY = frozenset({"machine", "mode", "author", "flags"})
REFUSED = frozenset({Status.REJECTED, Status.REMOVED})


@dataclass(frozen=True, slots=True)
class Judged:
    """A comment with its scores, what the other phases asked for, and what people made of it."""

    scores: Mapping[str, float | None]
    others: Outcome
    decided: Status | None = None

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
    asked = [row.others]
    if any(row.scores.get(name) is None for name in ESSENTIAL):
        asked.append(Outcome.HOLD)
    for name, score in row.scores.items():
        threshold = site.policy.thresholds.get(name, NEVER)
        if score is not None and score >= threshold.hold:
            asked.append(Outcome.REJECT if score >= threshold.reject else Outcome.HOLD)
    return max(asked, key=GRAVITY.index)


def latest(core: Core, site: Site, limit: int = LATEST) -> list[Judged]:
    """Read the latest comments that the machine has scored, and what people decided after."""
    decided: dict[str, Status] = {}
    rows: dict[str, Judged] = {}
    for entry in _back(core, site):
        if entry.by not in NOBODY:
            decided.setdefault(entry.comment, Status(entry.new))
        elif entry.by == "machine" and entry.scores and entry.comment not in rows:
            said = decided.get(entry.comment)
            rows[entry.comment] = Judged(entry.scores, others(entry.reasons), said)
            if len(rows) == limit:
                break
    return list(rows.values())


def others(reasons: Iterable[str]) -> Outcome:
    """Tell what the phases that look at no score asked for."""
    phases = {reason.partition("/")[0] for reason in reasons} - {"spam", "toxicity", "mode"}
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


def _back(core: Core, site: Site) -> Iterator[history.Entry]:
    end, walked = "+", 0
    while walked < FURTHEST:
        chunk = history.before(core.redis, core.keys(site.name), end, "-", CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        walked += len(chunk)
        end = f"({chunk[-1].id}"
