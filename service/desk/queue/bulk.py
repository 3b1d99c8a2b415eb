"""A moderator decides on many comments at once: one decision, one log entry each, one way back."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.core import Core
from service.desk.queue import cards, permission
from service.desk.queue.cards import Card
from service.desk.queue.decisions import check_reason, is_possible, move, new_undo
from service.domain import ids
from service.domain.choice import Choice, State
from service.domain.comment import Status
from service.domain.decision import Action, Seen
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.comments import comments, door
from service.store.desk import previews, queues, undo
from service.store.desk.undo import Before

MOST = 10_000
BATCH = 200
SAMPLE = 12
STANDS = {
    State.HELD: Status.HELD,
    State.FLAGGED: Status.APPROVED,
    State.REJECTED: Status.REJECTED,
    State.APPROVED: Status.APPROVED,
}
# What is done to many at once, in the order of the buttons; to remove for good is done one by one.
OFFERED = (Action.KEEP, Action.APPROVE, Action.REJECT)


@dataclass(frozen=True, slots=True)
class Done:
    """How many were decided, how many had moved on meanwhile, and by what it is taken back."""

    decided: list[str]
    stale: int
    undo: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What one decision would be about: how each comment is, and some of them to look at.

    `token` names it for an hour, "" for who may not decide; `window` says where it was found.
    """

    seen: dict[str, Seen]
    sample: list[Card]
    window: int | None
    token: str

    @property
    def possible(self) -> dict[Action, int]:
        """Count for how many of them each action makes sense, leaving out where for none."""
        counted = {
            action: sum(is_possible(one.status, action) for one in self.seen.values())
            for action in OFFERED
        }
        return {action: count for action, count in counted.items() if count}


def preview(
    core: Core, site: Site, moderator: Moderator, chosen: Choice | Sequence[str]
) -> Preview:
    """Look at what one decision would be about, with a random sample."""
    permission.admit_to_see(site, moderator)
    record = core.at(site.name)
    if isinstance(chosen, Choice):
        named, window = queues.everything(
            record, chosen, limit=MOST, now=core.now(), moderator=moderator.name
        )
    else:
        named, window = [id_ for id_ in dict.fromkeys(chosen) if ids.is_id(id_)], None
    found = comments.seen(record, named)
    # What has just left the queue was not looked for; a queue of one's own holds several statuses.
    stands = STANDS.get(chosen.state) if isinstance(chosen, Choice) else None
    seen = {id_: one for id_, one in found.items() if stands in (None, one.status)}
    token = _remember(core, site, moderator, seen) if seen else ""
    return Preview(seen, _sample(core, site, list(seen)), window, token)


def previewed(
    core: Core, site: Site, moderator: Moderator, token: str, part: Sequence[str] = ()
) -> dict[str, Seen]:
    """Give what a moderator looked at, or a part of it.

    :raises NotAllowed: the site is not his, or he may only look.
    :raises Invalid: he did not look, or it is too long ago.
    """
    permission.admit(site, moderator)
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
) -> Done:
    """Carry out one decision on all comments that are as the moderator saw them.

    With the `token` of an earlier part it becomes one with it, and is taken back with it.

    :raises NotAllowed: the site is not his, or he may only look.
    :raises Invalid: there are none or too many, or the reason is missing or too long.
    """
    permission.admit(site, moderator)
    check_reason(site, action, reason)
    if not 0 < len(seen) <= MOST:
        raise Invalid(Fault("comments", "how-many", f"1 to {MOST} comments at once, please."))
    token = _own_token(core, site, moderator, token)
    decided: list[str] = []
    rows = list(seen.items())
    for start in range(0, len(rows), BATCH):
        part = dict(rows[start : start + BATCH])
        decided += _decide(core, site, moderator, part, action, reason, token)
    return Done(decided, len(seen) - len(decided), token)


def _remember(core: Core, site: Site, moderator: Moderator, seen: Mapping[str, Seen]) -> str:
    if not moderator.may_decide(site.name):
        return ""
    token = ids.new_id(core.now(), core.random(ids.RANDOM_BYTES))
    previews.keep(core.at(site.name), token, moderator.name, seen)
    return token


def _sample(core: Core, site: Site, named: list[str]) -> list[Card]:
    draw = random.Random(core.random(8))  # noqa: S311 # a sample to look at, no secret
    drawn = sorted(draw.sample(named, min(SAMPLE, len(named))))
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
    found = [
        one
        for one in comments.get_many(record, seen)
        if seen[one.id].is_still(one) and is_possible(one.status, action)
    ]
    wanted = [move(core, one, action, moderator, reason) for one in found]
    done = door.carry_out_many(record, wanted)
    changed = {
        one.id: Before(one.status, made.answered, made.entry)
        for one, made in zip(found, done, strict=True)
        if made
    }
    if changed:
        undo.keep(record, token, moderator.name, action, changed, now=core.now())
    return list(changed)
