"""A moderator decides on many comments at once: one decision, one log entry each, one way back."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from service.core import Core
from service.domain import ids
from service.domain.choice import Choice
from service.domain.comment import Status
from service.domain.decision import Action
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.review import admission, cards
from service.review.cards import Card
from service.review.decisions import check_reason, is_possible, move, new_undo
from service.store import comments, moves, queues, search, undo
from service.store.undo import Before

MOST = 10_000
BATCH = 200
SAMPLE = 12


@dataclass(frozen=True, slots=True)
class Done:
    """How many were decided, how many had moved on meanwhile, and by what it is taken back."""

    decided: list[str]
    stale: int
    undo: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What one decision would be about, some of it to look at, and the window it was found in."""

    named: list[str]
    sample: list[Card]
    window: int | None


def preview(
    core: Core,
    site: Site,
    moderator: Moderator,
    chosen: Choice | Sequence[str],
    *,
    size: int = SAMPLE,
) -> Preview:
    """Give the ids that one decision would be about, and a random sample of them to look at."""
    admission.admit_to_see(site, moderator)
    keys = core.keys(site.name)
    if isinstance(chosen, Choice):
        named, window = queues.everything(
            core.redis, keys, chosen, limit=MOST, now=core.now(), moderator=moderator.name
        )
    else:
        named, window = list(chosen), None
    draw = random.Random(core.random(8))  # noqa: S311 # a sample to look at, no secret
    sample = sorted(draw.sample(named, min(size, len(named))))
    shown = cards.make(core, site, comments.get_many(core.redis, keys, sample))
    return Preview(named, shown, window)


def decide_all(
    core: Core,
    site: Site,
    moderator: Moderator,
    named: Sequence[str],
    action: Action,
    *,
    seen: Status,
    reason: str = "",
    until: str = "",
    token: str = "",
) -> Done:
    """Carry out one decision on all comments that stand where the moderator saw them.

    What is younger than `until` has come since he looked, and is left alone. With the `token` of
    an earlier part it becomes one with it, and is taken back with it.

    :raises NotAllowed: the site is not his, or he may only look.
    :raises Invalid: there are none or too many, or the reason is missing or too long.
    """
    admission.admit(site, moderator)
    check_reason(site, action, reason)
    wanted = [id_ for id_ in dict.fromkeys(named) if ids.is_id(id_) and (not until or id_ <= until)]
    if not 0 < len(wanted) <= MOST:
        raise Invalid(Fault("comments", "how-many", f"1 to {MOST} comments at once, please."))
    token = _own_token(core, site, moderator, token)
    decided: list[str] = []
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        decided += _decide(core, site, moderator, part, action, seen, reason, token)
    return Done(decided, len(wanted) - len(decided), token)


def _own_token(core: Core, site: Site, moderator: Moderator, token: str) -> str:
    keys = core.keys(site.name)
    by, _ = undo.read(core.redis, keys, token) if ids.is_id(token) else ("", {})
    return token if by == moderator.name else new_undo(core)


def _decide(
    core: Core,
    site: Site,
    moderator: Moderator,
    part: list[str],
    action: Action,
    seen: Status,
    reason: str,
    token: str,
) -> list[str]:
    keys = core.keys(site.name)
    found = [
        one
        for one in comments.get_many(core.redis, keys, part)
        if one.status is seen and is_possible(one, action)
    ]
    wanted = [move(core, one, action, moderator, reason) for one in found]
    done = moves.carry_out_many(core.redis, keys, wanted)
    changed = {
        one.id: Before(one.status, made.answered, made.entry)
        for one, made in zip(found, done, strict=True)
        if made
    }
    if changed:
        undo.keep(core.redis, keys, token, moderator.name, changed)
    if action.status is Status.APPROVED:
        search.index(core.redis, keys, [one for one in found if one.id in changed])
    return list(changed)
