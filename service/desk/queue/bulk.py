"""Decisions on many comments at once, with one log entry for each and one undo for all."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.core import Core
from service.desk.queue import cards, permission
from service.desk.queue.cards import Card
from service.desk.queue.decisions import check_reason, is_possible, move, new_undo
from service.domain import ids
from service.domain.comment import Comment, Status
from service.domain.decision import Action, Seen
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.queue_filters import QueueFilters, State
from service.domain.site import Site
from service.store.comments import comments, door
from service.store.desk import previews, queues, undo
from service.store.desk.undo import Before

MOST = 10_000
BATCH = 200
SAMPLE = 12
STATUSES = {
    State.HELD: Status.HELD,
    State.FLAGGED: Status.APPROVED,
    State.REJECTED: Status.REJECTED,
    State.APPROVED: Status.APPROVED,
}
# The actions for many comments, in the order of the buttons; comments are removed one by one.
OFFERED = (Action.KEEP, Action.APPROVE, Action.REJECT)


@dataclass(frozen=True, slots=True)
class BulkDecision:
    """The comments decided on, the number that had changed meanwhile, and the undo token."""

    decided: list[str]
    stale: int
    undo: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The comments that one decision would affect, as they are now, with a sample.

    `token` identifies the preview for an hour, "" for moderators who may not decide; `window` is
    how much of the queue was searched.
    """

    seen: dict[str, Seen]
    sample: list[Card]
    window: int | None
    token: str

    @property
    def possible(self) -> dict[Action, int]:
        """Count the comments to which each action applies, without actions that apply to none."""
        counts = {
            action: sum(is_possible(seen.status, action) for seen in self.seen.values())
            for action in OFFERED
        }
        return {action: count for action, count in counts.items() if count}


def preview(
    core: Core, site: Site, moderator: Moderator, chosen: QueueFilters | Sequence[str]
) -> Preview:
    """Preview the comments that one decision would affect, with a random sample."""
    permission.check_may_see(site, moderator)
    chosen_ids, window = _chosen(core, site, moderator, chosen)
    seen = comments.seen(core.at(site.name), chosen_ids)
    if isinstance(chosen, QueueFilters) and (status := STATUSES.get(chosen.state)):
        # Drop comments that have just left the queue; the queue `mine` holds several statuses.
        seen = {id_: state for id_, state in seen.items() if state.status is status}
    token = _remember(core, site, moderator, seen) if seen else ""
    return Preview(seen, _sample(core, site, list(seen)), window, token)


def read_preview(
    core: Core, site: Site, moderator: Moderator, token: str, part: Sequence[str] = ()
) -> dict[str, Seen]:
    """Return the comments of a moderator's preview, or a part of them.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: there is no such preview, or it has expired.
    """
    permission.check_may_decide(site, moderator)
    record = core.at(site.name)
    seen = previews.read(record, token, moderator.name) if ids.is_id(token) else {}
    if not seen:
        raise Invalid(Fault("preview", "over", "This was too long ago: please look again."))
    return {id_: seen[id_] for id_ in part if id_ in seen} if part else seen


def decide_all(
    core: Core,
    site: Site,
    moderator: Moderator,
    seen: Mapping[str, Seen],
    action: Action,
    *,
    reason: str = "",
    token: str = "",
) -> BulkDecision:
    """Carry out one decision on all comments that are still as the moderator saw them.

    With the `token` of an earlier part, both parts share one undo.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: there are none or too many, or the reason is missing or too long.
    """
    permission.check_may_decide(site, moderator)
    check_reason(site, action, reason)
    if not 0 < len(seen) <= MOST:
        raise Invalid(Fault("comments", "how-many", f"1 to {MOST} comments at once, please."))
    token = _own_token(core, site, moderator, token)
    decided: list[str] = []
    rows = list(seen.items())
    for start in range(0, len(rows), BATCH):
        batch = dict(rows[start : start + BATCH])
        decided += _decide(core, site, moderator, batch, action, reason, token)
    return BulkDecision(decided, len(seen) - len(decided), token)


def _chosen(
    core: Core, site: Site, moderator: Moderator, chosen: QueueFilters | Sequence[str]
) -> tuple[list[str], int | None]:
    if isinstance(chosen, QueueFilters):
        return queues.everything(
            core.at(site.name), chosen, limit=MOST, now=core.now(), moderator=moderator.name
        )
    return [id_ for id_ in dict.fromkeys(chosen) if ids.is_id(id_)], None


def _remember(core: Core, site: Site, moderator: Moderator, seen: Mapping[str, Seen]) -> str:
    if not moderator.may_decide(site.name):
        return ""
    token = ids.new_id(core.now(), core.random(ids.RANDOM_BYTES))
    previews.keep(core.at(site.name), token, moderator.name, seen)
    return token


def _sample(core: Core, site: Site, chosen_ids: list[str]) -> list[Card]:
    draw = random.Random(core.random(8))  # noqa: S311 # a sample to look at, no secret
    drawn = sorted(draw.sample(chosen_ids, min(SAMPLE, len(chosen_ids))))
    return cards.make(core, site, comments.get_many(core.at(site.name), drawn))


def _own_token(core: Core, site: Site, moderator: Moderator, token: str) -> str:
    record = core.at(site.name)
    by, _ = undo.read(record, token) if ids.is_id(token) else ("", {})
    return token if by == moderator.name else new_undo(core)


def _decide(
    core: Core,
    site: Site,
    moderator: Moderator,
    seen: Mapping[str, Seen],
    action: Action,
    reason: str,
    token: str,
) -> list[str]:
    record = core.at(site.name)
    unchanged = [
        comment
        for comment in comments.get_many(record, seen)
        if seen[comment.id].is_still(comment) and is_possible(comment.status, action)
    ]
    moves = [move(core, comment, action, moderator, reason) for comment in unchanged]
    before = _carry_out(core, site, unchanged, moves)
    if before:
        undo.keep(record, token, moderator.name, action, before, now=core.now())
    return list(before)


def _carry_out(
    core: Core, site: Site, unchanged: list[Comment], moves: list[door.Move]
) -> dict[str, Before]:
    """Move comments; return the previous state of those that moved."""
    results = door.carry_out_many(core.at(site.name), moves)
    return {
        comment.id: Before(comment.status, result.answered, result.entry)
        for comment, result in zip(unchanged, results, strict=True)
        if result
    }
