"""Statements of reasons: who refused a comment, by which rule, when, and the appeal deadline.

The EU's Digital Services Act requires them (Art. 17).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.core import Core
from service.domain.actor import Actor
from service.domain.comment import Comment, Status
from service.domain.site import Site
from service.store.comments import history
from service.store.comments.history import Entry

REFUSED = frozenset({Status.REJECTED, Status.REMOVED})


class Decider(StrEnum):
    """Who decided: the machine alone, a moderator, or the author by withdrawing.

    Imported comments were refused elsewhere, and by whom is not known.
    """

    MACHINE = "machine"
    PERSON = "person"
    AUTHOR = "author"
    ELSEWHERE = "elsewhere"


DECIDERS: dict[str, Decider] = {
    Actor.MACHINE: Decider.MACHINE,
    Actor.AUTHOR: Decider.AUTHOR,
    Actor.IMPORT: Decider.ELSEWHERE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The reasons for a refusal; `rules` are the machine's codes, `why` is a moderator's words.

    `appeal_until` is None if the author withdrew the comment.
    """

    decider: Decider
    rules: tuple[str, ...]
    why: str
    at: datetime
    appeal_until: datetime | None


def state(core: Core, site: Site, comment: Comment) -> Statement | None:
    """Read from the log why a comment was refused; None if it was not."""
    if comment.status not in REFUSED:
        return None
    entries = history.of_comment(core.at(site.name), comment.last_entry)
    entry = next(history.standing(entries), None)
    return _state(site, entry) if entry else None


def _state(site: Site, entry: Entry) -> Statement:
    decider = DECIDERS.get(entry.by, Decider.PERSON)
    return Statement(
        decider=decider,
        rules=entry.reasons,
        why=entry.why if decider is Decider.PERSON else "",
        at=entry.at,
        appeal_until=None if decider is Decider.AUTHOR else entry.at + _window(site),
    )


def _window(site: Site) -> timedelta:
    # A comment purged earlier can no longer be reviewed.
    return timedelta(days=min(site.policy.appeal_days, site.policy.retention_days))
