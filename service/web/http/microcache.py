"""A small shared HTTP cache (RFC 9111) in front of Flask, for crowds under one article.

It follows the Cache-Control and Vary headers that our own views set and knows nothing else about
them; nginx or a CDN does the same at scale. Unlike those it never serves outdated answers: before
each answer it reads the site's turn, a number in the store that every visible change raises.
Requests that identify the caller (cookies, tokens, receipts, keys) bypass it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.datastructures import ResponseCacheControl
from werkzeug.http import parse_cache_control_header, parse_set_header, unquote_etag

# The maximum age in seconds, for changes that do not raise the turn, such as a site's settings.
LONGEST = 1.0
LARGEST = 512 * 1024
ROOM = 32 * 1024 * 1024
# Python's overhead per answer, in bytes.
OVERHEAD = 2048
PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE")
OURS = "HTTP_FOLKMOOT_"
# A hundred long addresses of articles; no legitimate query is longer.
LONGEST_QUERY = 64 * 1024

Headers = list[tuple[str, str]]
Key = tuple[str, ...]
# The number of key parts that identify the resource; the rest are the Vary headers.
PLACE = 4


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """One answer of the application, valid until a moment and in one turn of its site."""

    status: str
    headers: Headers
    body: bytes
    until: float = 0.0
    turn: str = ""

    def header(self, name: str) -> str:
        """Return a header's value, or ""."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Microcache:
    """The cache, which wraps a WSGI application.

    `turn` returns a site's turn, or None if it cannot be read: then the cache is bypassed. `known`
    returns it without asking the store. `clock` returns monotonic seconds.
    """

    def __init__(
        self,
        app: WSGIApplication,
        turn: Callable[[str], str | None],
        *,
        known: Callable[[str], str | None] = lambda site: None,
        room: int = ROOM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._room, self._clock = app, room, clock
        self._turn, self._known = turn, known
        self._lock = threading.Lock()
        self._answers: OrderedDict[Key, CachedAnswer] = OrderedDict()
        self._varies: dict[Key, tuple[str, ...]] = {}
        self._size = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the cache, or let the application answer and cache that."""
        site = _site(environ["PATH_INFO"])
        if not site or not _may_be_shared(environ):
            return self._app(environ, start_response)
        # Read before the application reads, so that a change in between belongs to the next turn.
        turn = self._turn(site)
        if turn is None:
            return self._app(environ, start_response)
        answer = self._find(environ, turn) or self._ask(environ, turn)
        status, headers, body = _present(answer, environ)
        start_response(status, headers)
        return [body]

    def glance(self, environ: WSGIEnvironment) -> tuple[int, Headers, bytes] | None:
        """Answer out of memory alone, without asking the store; None if that cannot be."""
        site = _site(environ["PATH_INFO"])
        if not site or not _may_be_shared(environ):
            return None
        turn = self._known(site) if self._is_here(environ) else None
        answer = self._find(environ, turn) if turn is not None else None
        if answer is None:
            return None
        status, headers, body = _present(answer, environ)
        return int(status[:3]), headers, body

    def _is_here(self, environ: WSGIEnvironment) -> bool:
        """Tell whether something like it was answered, so that no invented site is asked for."""
        return _place(environ) in self._varies

    def _find(self, environ: WSGIEnvironment, turn: str) -> CachedAnswer | None:
        with self._lock:
            place = _place(environ)
            key = _key(environ, place, self._varies.get(place, ()))
            answer = self._answers.get(key)
            if answer is None or answer.turn != turn or answer.until <= self._clock():
                return None
            self._answers.move_to_end(key)
            return answer

    def _ask(self, environ: WSGIEnvironment, turn: str) -> CachedAnswer:
        answer = _call(self._app, environ)
        if seconds := _lifetime(answer):
            until = self._clock() + min(seconds, LONGEST)
            self._keep(environ, replace(answer, until=until, turn=turn))
        return answer

    def _keep(self, environ: WSGIEnvironment, answer: CachedAnswer) -> None:
        with self._lock:
            place, varies = _place(environ), _varies(answer)
            key = _key(environ, place, varies)
            # Dropping forgets what the old answer varied by.
            self._drop(key)
            self._varies[place] = varies
            self._answers[key] = answer
            self._size += _size(key, answer)
            while self._size > self._room:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Key) -> None:
        dropped = self._answers.pop(key, None)
        if dropped is not None:
            self._size -= _size(key, dropped)
            self._varies.pop(key[:PLACE], None)


def _size(key: Key, answer: CachedAnswer) -> int:
    # The key counts too: long addresses with short answers must not fill the memory.
    headers = sum(len(name) + len(value) for name, value in answer.headers)
    return OVERHEAD + 2 * sum(map(len, key)) + headers + len(answer.body)


def _place(environ: WSGIEnvironment) -> Key:
    host = environ.get("HTTP_HOST", "")
    return environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ["wsgi.url_scheme"], host


def _key(environ: WSGIEnvironment, place: Key, varies: tuple[str, ...]) -> Key:
    return (*place, *(environ.get(name, "") for name in varies))


def _site(path: str) -> str:
    return path.split("/")[4] if path.startswith("/api/v1/sites/") else ""


def _may_be_shared(environ: WSGIEnvironment) -> bool:
    if environ["REQUEST_METHOD"] != "GET" or len(environ.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return False
    return not any(name in PERSONAL or name.startswith(OURS) for name in environ)


def _call(app: WSGIApplication, environ: WSGIEnvironment) -> CachedAnswer:
    """Get the full answer from the application, even if the caller could do with a 304."""
    head: list[Any] = []

    def start(status: str, headers: Headers, error: Any = None) -> Callable[[bytes], object]:
        head[:] = [status, headers]
        return parts.append

    parts: list[bytes] = []
    chunks = app({k: v for k, v in environ.items() if k != "HTTP_IF_NONE_MATCH"}, start)
    try:
        parts.extend(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    return CachedAnswer(head[0], head[1], b"".join(parts))


def _lifetime(answer: CachedAnswer) -> float:
    """Return for how many seconds the answer may be shared, 0 for not at all."""
    cache_control = parse_cache_control_header(
        answer.header("cache-control"), cls=ResponseCacheControl
    )
    shared = cache_control.public and not answer.header("set-cookie") and "*" not in _varies(answer)
    fits = answer.status.startswith("200") and len(answer.body) <= LARGEST
    return float(cache_control.max_age or 0) if shared and fits else 0


def _varies(answer: CachedAnswer) -> tuple[str, ...]:
    names = parse_set_header(answer.header("vary"))
    return tuple(sorted("*" if n == "*" else "HTTP_" + n.upper().replace("-", "_") for n in names))


def _present(answer: CachedAnswer, environ: WSGIEnvironment) -> tuple[str, Headers, bytes]:
    etag = unquote_etag(answer.header("etag") or None)[0]
    if_none_match = environ.get("HTTP_IF_NONE_MATCH", "")
    if etag and answer.status.startswith("200") and _matches(if_none_match, etag):
        headers = [(k, v) for k, v in answer.headers if not k.lower().startswith("content-")]
        return "304 NOT MODIFIED", headers, b""
    return answer.status, list(answer.headers), answer.body


def _matches(if_none_match: str, etag: str) -> bool:
    etags = {unquote_etag(tag.strip())[0] for tag in if_none_match.split(",")}
    return if_none_match.strip() == "*" or etag in etags
