"""A card: all that a moderator sees of one comment before he decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from service.core import Core
from service.domain.author import AuthorRecord
from service.domain.comment import Comment
from service.domain.flag import Flag
from service.domain.footing import Footing
from service.domain.note import Errand, Note
from service.domain.site import Site
from service.domain.thread import Thread
from service.likeness.memory import Likeness
from service.store.comments import comments, history, threads
from service.store.desk import claims, notes
from service.store.people import author_status, authors, flags


class _Before(TypedDict):
    thread: Thread
    parent: Comment | None


class _Author(TypedDict):
    record: AuthorRecord
    footing: Footing | None


class _People(TypedDict):
    flags: list[Flag]
    notes: list[Note]
    history: list[history.Entry]
    claimed_by: str | None
    errand: Errand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One comment with what was said before it, what speaks against it, and who knows what.

    `alike` counts nearly the same texts among the latest ones.
    """

    comment: Comment
    thread: Thread
    parent: Comment | None
    record: AuthorRecord
    footing: Footing | None
    flags: list[Flag]
    notes: list[Note]
    errand: Errand | None
    history: list[history.Entry]
    claimed_by: str | None
    alike: int = 0


def make(
    core: Core, site: Site, found: Sequence[Comment], likeness: Likeness | None = None
) -> list[Card]:
    """Gather what belongs to some comments, in a few round trips for all of them."""
    near = likeness.count(core.at(site.name), [one.id for one in found]) if likeness else {}
    said = _said(core, site, found)
    known, told = _known(core, site, found), _told(core, site, found)
    rows = zip(found, said, known, told, strict=True)
    return [
        Card(comment=one, alike=near.get(one.id, 0), **before, **author, **people)
        for one, before, author, people in rows
    ]


def _said(core: Core, site: Site, found: Sequence[Comment]) -> list[_Before]:
    """Read under which articles comments stand, and what they answer."""
    record = core.at(site.name)
    about = threads.titles(record, sorted({comment.thread for comment in found}))
    answered = [comment.parent for comment in found if comment.parent]
    parents = {parent.id: parent for parent in comments.get_many(record, answered)}
    return [{"thread": about[one.thread], "parent": parents.get(one.parent or "")} for one in found]


def _known(core: Core, site: Site, found: Sequence[Comment]) -> list[_Author]:
    """Read what is known of their authors."""
    record, who = core.at(site.name), [(one.author, one.person) for one in found]
    records = authors.records(record, [one.author for one in found])
    treated = author_status.of_many(record, who, now=core.now())
    pairs = zip(records, treated, strict=True)
    return [{"record": known, "footing": footing} for known, footing in pairs]


def _told(core: Core, site: Site, found: Sequence[Comment]) -> list[_People]:
    """Read what readers and colleagues said and did."""
    record, named = core.at(site.name), [one.id for one in found]
    flagged = flags.of_comments(record, named)
    noted = notes.of_comments(record, named)
    past = history.of_comments(record, found)
    holders = claims.holders(record, named)
    errands = {errand.comment: errand for errand in notes.sent(record)}
    return [
        {
            "flags": flagged[place],
            "notes": noted[place],
            "history": past[place],
            "claimed_by": holders.get(id_),
            "errand": errands.get(id_),
        }
        for place, id_ in enumerate(named)
    ]
