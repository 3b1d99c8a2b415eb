"""A statement of reasons: who refused a comment, by which rule, when, and until when to appeal.

This is the statement of reasons that the EU's Digital Services Act asks for (Art. 17).
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
    """Who refused: the machine by itself, or a person; or the author, who took it back.

    What an import brought was refused elsewhere; by whom is not known.
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
    """The reasons of a refusal; `rules` are the machine's codes, `why` is a person's words.

    `appeal_until` is None where the author took the comment back.
    """

    decider: Decider
    rules: tuple[str, ...]
    why: str
    at: datetime
    appeal_until: datetime | None


def state(core: Core, site: Site, comment: Comment) -> Statement | None:
    """State why a comment was refused, from the log; None where it was not."""
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
    # What is purged sooner cannot be looked at again.
    return timedelta(days=min(site.policy.appeal_days, site.policy.retention_days))
