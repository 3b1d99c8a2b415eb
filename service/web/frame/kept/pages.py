"""Kept pages in front of Flask: a page that everybody sees alike is made once for each change.

A page is given out only in the turn and with the site's settings that it was made with, and for a
second, since times and closing dates pass without a change. After that, one request makes it anew,
and those that come meanwhile are not kept waiting for a page in which nothing but time has passed.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_accept_header

from service.core import Core
from service.domain.errors import SiteNotFound
from service.domain.network import narrowest
from service.domain.site import Site
from service.outages import StoreError
from service.web.frame.kept import holes, own, wish
from service.web.frame.kept.holes import Cut, Holes
from service.web.frame.kept.wish import PageWish
from service.web.http.cache import SegmentedCache

# Seconds for which a page is good, and for how long it is given out while another one is made.
LONGEST, GRACE = 1.0, 1.0
# The room for all pages of a process, in bytes.
ROOM = 24 * 1024 * 1024
# How many pages may be remembered as being made anew, before all of that is forgotten.
MOST_CLAIMS = 1000
# So many pages can be made at the same time, each by one thread while others wait for it.
LOCKS = 64

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page with its holes: its headers, and the site, the turn and the time it is good for."""

    headers: Headers
    cut: Cut
    site: Site
    turn: str
    until: float

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return self.cut.size + sum(len(name) + len(value) for name, value in self.headers)


class KeptPages:
    """A WSGI application that gives out kept pages, and lets another one answer all else.

    `turn` returns a site's turn, or None if it cannot be read: then nothing is given from memory.
    `known` returns it without asking the store. `clock` returns monotonic seconds.
    """

    def __init__(
        self,
        app: WSGIApplication,
        core: Core,
        turn: Callable[[str], str | None],
        *,
        known: Callable[[str], str | None] = lambda site: None,
        room: int = ROOM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._core, self._clock = app, core, clock
        self._turn, self._known = turn, known
        self._holes = Holes(secrets.token_hex(16))
        self._claims: set[PageWish] = set()
        self._locks = [threading.Lock() for _ in range(LOCKS)]
        self.cache: SegmentedCache[PageWish, KeptPage] = SegmentedCache(room)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        wished = wish.read(environ)
        site = self._find_site(wished.site) if wished else None
        # Read before the page is made, so that a change in between belongs to the next turn.
        turn = self._turn(site.name) if site else None
        if wished is None or site is None or turn is None:
            return self._app(environ, start_response)
        wished = wished.of_site(site, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        page = self._find(wished, site, turn) or self._make(wished, site, turn)
        if page is None:
            return self._app(environ, start_response)
        status, headers, body = self._give(page, environ, environ.get("REMOTE_ADDR", ""))
        start_response(f"{status} OK", headers)
        return [body]

    def glance(self, environ: WSGIEnvironment, address: str) -> Answer | None:
        """Answer out of memory alone, without asking the store or Flask; None if that cannot be."""
        wished = wish.read(environ)
        site = self._core.sites.known(wished.site) if wished else None
        if wished is None or site is None or not own.can_fill(site):
            return None
        turn = self._known(site.name)
        if turn is None:
            return None
        wished = wished.of_site(site, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        page = self._find(wished, site, turn, grace=GRACE)
        if page is None or self._claim(wished, page):
            return None
        return self._give(page, environ, address)

    def _claim(self, wished: PageWish, page: KeptPage) -> bool:
        """Tell whether a page has to be made anew, and nobody does yet; for one thread."""
        if page.until > self._clock() or wished in self._claims:
            return False
        if len(self._claims) >= MOST_CLAIMS:
            self._claims.clear()
        self._claims.add(wished)
        return True

    def _find_site(self, name: str) -> Site | None:
        try:
            site = self._core.sites.get(name)
        except (SiteNotFound, StoreError):
            return None
        return site if own.can_fill(site) else None

    def _find(self, wished: PageWish, site: Site, turn: str, grace: float = 0.0) -> KeptPage | None:
        page = self.cache.get(wished)
        if page is None or page.turn != turn or page.until + grace <= self._clock():
            return None
        return page if page.site is site or page.site == site else None

    def _make(self, wished: PageWish, site: Site, turn: str) -> KeptPage | None:
        """Make a page, unless another thread has just made it; None if it is not one to keep."""
        with self._locks[hash(wished) % LOCKS]:
            if page := self._find(wished, site, turn):
                return page
            until = self._clock() + LONGEST
            status, headers, body = self._ask(wished)
            is_private = any(name.lower() == "set-cookie" for name, _ in headers)
            if not status.startswith("200") or is_private:
                return None
            page = KeptPage(headers, holes.cut(body, self._holes), site, turn, until)
            self.cache.put(wished, page, page.size + wished.size)
            self._claims.discard(wished)
            return page

    def _ask(self, wished: PageWish) -> tuple[str, Headers, bytes]:
        head: list[Any] = []

        def start(status: str, headers: Headers, error: Any = None) -> Callable[[bytes], object]:
            head[:] = [status, headers]
            return lambda data: None

        chunks = self._app({**wished.environ(), holes.PLACE: self._holes}, start)
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        kept = [(name, value) for name, value in head[1] if name.lower() != "content-length"]
        return head[0], kept, body

    def _give(self, page: KeptPage, environ: WSGIEnvironment, address: str) -> Answer:
        values = own.fill(self._core, page.site, narrowest(address))
        if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body, more = page.cut.gzip(values), [("Content-Encoding", "gzip")]
        else:
            body, more = page.cut.plain(values), []
        return 200, [*page.headers, *more, ("Content-Length", str(len(body)))], body


@lru_cache(maxsize=200)
def accepts_gzip(accepted: str) -> bool:
    """Tell whether a browser takes compressed answers, by its Accept-Encoding."""
    return parse_accept_header(accepted).best_match(["gzip"]) is not None
