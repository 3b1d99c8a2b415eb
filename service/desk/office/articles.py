"""Articles: what the newsroom says of one, its title and whether it takes comments."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.core import Core
from service.desk.queue import permission
from service.domain import text
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.domain.thread import Thread
from service.domain.thread_state import ThreadState
from service.readers.article import MAX_TITLE, find_thread
from service.store.comments import threads, titles
from service.store.desk import acts
from service.store.record import Record

ID_LENGTH = 20
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSettings:
    """An article with its state, and the titles that wait for somebody to use them."""

    thread: Thread
    state: ThreadState
    proposals: tuple[str, ...] = ()


def look(core: Core, site: Site, moderator: Moderator, place: str) -> ArticleSettings:
    """Return an article by its address, or by the id that a comment names.

    :raises NotAllowed: the site is not this moderator's.
    :raises Invalid: the address does not belong to the site, or no article has this id.
    """
    permission.check_may_see(site, moderator)
    record = core.at(site.name)
    located = _by_id(record, place) or find_thread(site, place)
    thread = threads.get(record, located.url)
    state = threads.states(record, [thread.id])[thread.id]
    waiting = [] if thread.title else titles.waiting(record, thread.id)
    return ArticleSettings(thread=thread, state=state, proposals=tuple(waiting[:MOST_SHOWN]))


def settle(
    core: Core,
    site: Site,
    moderator: Moderator,
    url: str,
    *,
    title: str | None = None,
    state: ThreadState | None = None,
) -> ArticleSettings:
    """Set the title, which is not judged, or the state of an article; "" removes the title.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: the address does not belong to the site, or the title cannot be used.
    """
    permission.check_may_decide(site, moderator)
    cleaned = None if title is None else _clean(title)
    before = look(core, site, moderator, url)
    record = core.at(site.name)
    threads.settle(record, before.thread, title=cleaned, state=state, now=core.now())
    after = look(core, site, moderator, url)
    for line, old, new in _changes(before, after):
        acts.write(
            record, "article", by=moderator.name, about=after.thread.url, how=line, old=old, new=new
        )
    return after


def _by_id(record: Record, place: str) -> Thread | None:
    """Return the article with this id, None if this is none that we know."""
    thread = threads.titles(record, [place])[place] if len(place) == ID_LENGTH else None
    return thread if thread and thread.url else None


def _clean(title: str) -> str:
    cleaned = text.clean_name(title)
    if len(cleaned) > MAX_TITLE:
        detail = f"At most {MAX_TITLE} characters; this has {len(cleaned)}."
        raise Invalid(Fault("title", "too-long", detail))
    return "" if text.is_blank(cleaned) else cleaned


def _changes(before: ArticleSettings, after: ArticleSettings) -> Iterator[tuple[str, str, str]]:
    if before.thread.title != after.thread.title:
        yield "title", before.thread.title, after.thread.title
    if before.state is not after.state:
        yield "state", before.state.value, after.state.value
