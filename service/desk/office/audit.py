"""A site's log in one order, with filters: statuses, policy, reports, appeals and accounts."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from service.core import Core
from service.domain import actor, moments
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.store.comments import history
from service.store.comments.history import Entry
from service.store.desk import acts
from service.store.desk.acts import Act
from service.turnstile import LONG_READS

CHUNK = 500
# A filter without matches must not walk years of log in one request.
FURTHEST = 10_000
MOST_EXPORTED = 100_000
Source = Callable[[str, str, int], "list[LogEvent]"]


class EventKind(StrEnum):
    """The subject of an event."""

    STATUS = "status"
    POLICY = "policy"
    NOTICE = "notice"
    APPEAL = "appeal"
    AUTHOR = "author"
    ARTICLE = "article"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvent:
    """One event; `id` gives the order, and `source` orders events with the same id."""

    id: str
    source: int
    what: EventKind
    who: str
    about: str
    old: str
    new: str
    why: str = ""

    @property
    def at(self) -> datetime:
        """The time of the event, by the store's clock."""
        return moments.from_ms(self.id.split("-")[0])

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key; greater is later."""
        ms, _, number = self.id.partition("-")
        return int(ms), int(number), -self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilters:
    """Filters of the log; an empty one admits every event."""

    who: str = ""
    what: EventKind | None = None
    about: str = ""
    people: bool = False
    start: datetime | None = None
    end: datetime | None = None

    def admits(self, event: LogEvent) -> bool:
        """Tell whether an event passes the filters."""
        return (
            (not self.who or event.who == self.who)
            and not (self.people and not actor.is_moderator(event.who))
            and (self.what is None or event.what is self.what)
            and (not self.about or event.about == self.about)
        )


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some events, latest first, and the cursor of the next page, "" at the end."""

    events: list[LogEvent]
    next: str


@dataclass(frozen=True, slots=True)
class LogExport:
    """Events, latest first; `back_to` is where the search stopped, None at the log's beginning."""

    events: list[LogEvent]
    back_to: datetime | None


def read_page(
    core: Core, site: Site, by: Moderator, filters: LogFilters, cursor: str = "", limit: int = 50
) -> LogPage:
    """Find one page of events."""
    page: list[LogEvent] = []
    last, walked = None, 0
    for event in islice(_walk(core, site, by, filters, cursor), FURTHEST):
        if len(page) == limit:
            return LogPage(page, _cursor(last))
        last, walked = event, walked + 1
        if filters.admits(event):
            page.append(event)
    return LogPage(page, _cursor(last) if walked == FURTHEST else "")


def export(core: Core, site: Site, by: Moderator, filters: LogFilters) -> LogExport:
    """Return all events that pass the filters, latest first.

    :raises Busy: too many are reading the log at the same time.
    """
    with LONG_READS.passed():
        walk = _walk(core, site, by, filters, "")
        walked = list(islice(walk, MOST_EXPORTED))
        is_cut = next(walk, None) is not None
    events = [event for event in walked if filters.admits(event)]
    return LogExport(events, walked[-1].at if is_cut else None)


def _walk(
    core: Core, site: Site, by: Moderator, filters: LogFilters, cursor: str
) -> Iterator[LogEvent]:
    record = core.at(site.name)
    sources: list[Source] = [
        lambda end, start, n: [
            _of_change(entry) for entry in history.before(record, end, start, n)
        ],
        lambda end, start, n: [_of_act(act, 1) for act in acts.before(record, end, start, n)],
    ]
    if by.may_rule:
        sources.append(
            lambda end, start, n: [
                _of_act(act, 2) for act in acts.before(core.redis, end, start, n)
            ]
        )
    walks = [_walk_back(source, i, filters, cursor) for i, source in enumerate(sources)]
    return heapq.merge(*walks, key=lambda event: event.order, reverse=True)


def _walk_back(source: Source, number: int, filters: LogFilters, cursor: str) -> Iterator[LogEvent]:
    start = str(moments.to_ms(filters.start)) if filters.start else "-"
    end = str(moments.to_ms(filters.end) - 1) if filters.end else "+"
    id_, _, passed = cursor.partition("~")
    if _is_entry(id_) and passed.isdigit():
        end = f"({id_}" if number <= int(passed) else id_
    while True:
        chunk = source(end, start, CHUNK)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        end = f"({chunk[-1].id}"


def _of_change(entry: Entry) -> LogEvent:
    return LogEvent(
        id=entry.id,
        source=0,
        what=EventKind.STATUS,
        who=entry.by,
        about=entry.comment,
        old=entry.old,
        new=entry.new,
        why=entry.why or ", ".join(entry.reasons),
    )


def _of_act(act: Act, source: int) -> LogEvent:
    kinds = {"answer": EventKind.APPEAL}
    kind = (
        EventKind(act.what)
        if act.what in list(EventKind)
        else kinds.get(act.what, EventKind.POLICY)
    )
    is_answer = act.what == "answer"
    return LogEvent(
        id=act.id,
        source=source,
        what=EventKind.ACCOUNT if source == 2 else kind,
        who=act.by,
        about=act.about,
        old="" if is_answer else act.old,
        new="" if is_answer else act.new,
        why=act.how if source == 1 else act.what,
    )


def _cursor(last: LogEvent | None) -> str:
    return f"{last.id}~{last.source}" if last else ""


def _is_entry(id_: str) -> bool:
    ms, _, number = id_.partition("-")
    return all(part.isascii() and part.isdigit() and len(part) < 20 for part in (ms, number))
