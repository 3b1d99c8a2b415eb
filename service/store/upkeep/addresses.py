"""Addresses of articles that an earlier version wrote in another way, and where they belong now."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from service.domain.thread import Thread, canonical_url, thread_id
from service.store.comments import threads
from service.store.record import Record
from service.store.upkeep import census

Reading = tuple[str, tuple[tuple[str, str], ...]]


def outdated(record: Record) -> Iterator[tuple[Thread, Thread]]:
    """List the threads that readers no longer reach, each with the one that they reach instead.

    Earlier versions kept the path as it was sent, and wrote a query anew when they cut tracking
    from it, so that `?q=a%20b` became `?q=a+b`; the latter belongs to the former if both exist.
    """
    known = list(_every(record))
    as_sent = {
        _reading(thread.url): canonical_url(thread.url)
        for thread in known
        if not _is_rewritten(thread.url)
    }
    for thread in known:
        url = canonical_url(thread.url)
        if _is_rewritten(url):
            url = as_sent.get(_reading(url), url)
        if url != thread.url:
            yield thread, Thread(id=thread_id(url), url=url, title=thread.title)


def _every(record: Record) -> Iterator[Thread]:
    for batch in census.batches(census.names(record, "t")):
        for id_, thread in threads.titles(record, batch).items():
            # An address that has moved is read as its new one.
            if thread.id == id_ and _is_address(thread.url):
                yield thread


def _is_address(url: str) -> bool:
    try:
        return bool(canonical_url(url))
    except ValueError:
        return False


def _reading(url: str) -> Reading:
    """Return an address with its query as pairs, which both ways of writing it have in common."""
    address, _, query = canonical_url(url).partition("?")
    return address, tuple(parse_qsl(query, keep_blank_values=True))


def _is_rewritten(url: str) -> bool:
    query = urlsplit(url).query
    return bool(query) and urlencode(parse_qsl(query, keep_blank_values=True)) == query
