"""Cards: everything a moderator sees about one comment before they decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from service.core import Core
from service.desk.queue import permission
from service.domain.actor import Actor
from service.domain.author import AuthorRecord
from service.domain.author_status import AuthorStatus
from service.domain.comment import Comment
from service.domain.flag import Flag
from service.domain.moderator import Moderator
from service.domain.note import Note
from service.domain.referral import Referral
from service.domain.site import Site
from service.domain.thread import Thread
from service.domain.verdict import Depth
from service.domain.voice import ApartCount
from service.likeness.memory import Likeness
from service.store.comments import comments, history, threads, titles
from service.store.desk import claims, notes
from service.store.people import author_status, authors, flags, voices


class _Surroundings(TypedDict):
    thread: Thread
    parent: Comment | None
    title: str


class _Author(TypedDict):
    record: AuthorRecord
    author_status: AuthorStatus | None


class _Voices(TypedDict):
    flags: list[Flag]
    apart: ApartCount
    notes: list[Note]
    history: list[history.Entry]
    claimed_by: str | None
    referral: Referral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One comment with its context, its author's record, and readers' and colleagues' input.

    `alike` counts near-duplicates among the latest comments, `apart` votes that do not count;
    `title` is what the comment proposes for its article, if that has none.
    """

    comment: Comment
    thread: Thread
    parent: Comment | None
    record: AuthorRecord
    author_status: AuthorStatus | None
    flags: list[Flag]
    apart: ApartCount
    notes: list[Note]
    referral: Referral | None
    history: list[history.Entry]
    claimed_by: str | None
    alike: int = 0
    title: str = ""

    @property
    def depth(self) -> Depth:
        """How thoroughly the text was read for the latest verdict of the machine."""
        verdicts = (entry for entry in self.history if entry.by == Actor.MACHINE)
        latest = next(verdicts, None)
        return latest.depth if latest else Depth.UNREAD


def open_card(
    core: Core, site: Site, moderator: Moderator, comment_id: str, likeness: Likeness | None = None
) -> Card:
    """Open one card.

    :raises NotAllowed: the site is not this moderator's.
    :raises CommentNotFound: there is no such comment here.
    """
    permission.check_may_see(site, moderator)
    [card] = make(core, site, [permission.find_comment(core, site, comment_id)], likeness)
    return card


def make(
    core: Core, site: Site, shown: Sequence[Comment], likeness: Likeness | None = None
) -> list[Card]:
    """Collect the cards of several comments, in a few round trips for all of them."""
    alike = (
        likeness.count(core.at(site.name), [comment.id for comment in shown]) if likeness else {}
    )
    rows = zip(
        shown,
        _surroundings(core, site, shown),
        _authors(core, site, shown),
        _voices(core, site, shown),
        strict=True,
    )
    return [
        Card(comment=comment, alike=alike.get(comment.id, 0), **around, **author, **voices)
        for comment, around, author, voices in rows
    ]


def _surroundings(core: Core, site: Site, shown: Sequence[Comment]) -> list[_Surroundings]:
    """Read the articles of comments, their proposed titles, and the comments they answer."""
    record = core.at(site.name)
    articles = threads.titles(record, sorted({comment.thread for comment in shown}))
    answered = [comment.parent for comment in shown if comment.parent]
    parents = {parent.id: parent for parent in comments.get_many(record, answered)}
    nameless = [comment.id for comment in shown if not articles[comment.thread].title]
    proposed = titles.proposed(record, nameless)
    return [
        {
            "thread": articles[comment.thread],
            "parent": parents.get(comment.parent or ""),
            "title": proposed.get(comment.id, ""),
        }
        for comment in shown
    ]


def _authors(core: Core, site: Site, shown: Sequence[Comment]) -> list[_Author]:
    """Read the records and statuses of their authors."""
    record, people = core.at(site.name), [(comment.author, comment.person) for comment in shown]
    records = authors.records(record, [author for author, _ in people])
    statuses = author_status.of_many(record, people, now=core.now())
    pairs = zip(records, statuses, strict=True)
    return [{"record": past, "author_status": status} for past, status in pairs]


def _voices(core: Core, site: Site, shown: Sequence[Comment]) -> list[_Voices]:
    """Read flags, notes, history, claims and referrals."""
    record, ids = core.at(site.name), [comment.id for comment in shown]
    flags_of_each = flags.of_comments(record, ids)
    apart_of_each = voices.counts_apart(record, ids)
    notes_of_each = notes.of_comments(record, ids)
    changes_of_each = history.of_comments(record, shown)
    holders = claims.holders(record, ids)
    referrals = {referral.comment: referral for referral in notes.sent(record)}
    return [
        {
            "flags": flags_of_each[index],
            "apart": apart_of_each[index],
            "notes": notes_of_each[index],
            "history": changes_of_each[index],
            "claimed_by": holders.get(id_),
            "referral": referrals.get(id_),
        }
        for index, id_ in enumerate(ids)
    ]
