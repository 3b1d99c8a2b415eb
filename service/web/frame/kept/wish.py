"""What a kept page depends on, all of it; a request that wishes for anything else passes by.

The page is made from a wish and its site alone, in a request of our own that has nothing of the
reader's: no cookie, address, host or header. So nothing of one reader can reach another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from service.domain import languages
from service.domain.site import LANGUAGES, NAME, Site, Theme
from service.domain.thread import Order
from service.web.assets import colour
from service.web.frame.appearance import ACCENT

PATH = "/frame/"
# Longer queries and headers pass by: reading them again and again would cost more than it saves.
LONGEST_QUERY = 2048
LONGEST_HEADER = 500
LONGEST_TITLE = 300
# With these a page is one reader's own (what they did, whom they answer), or one of very many.
OWN = frozenset({"said", "again", "reply", "code"})
RARE = frozenset({"q", "in", "root", "comment", "cursor"})
# Headers by which a reader is known. Names in cookies are looked for anywhere: rather too often.
KNOWN_BY = ("HTTP_AUTHORIZATION", "HTTP_RANGE")
OURS = "HTTP_FOLKMOOT_"
COOKIES = ("reader", "mine")


@dataclass(frozen=True, slots=True)
class PageWish:
    """An article's page in one appearance; all that does not count has been left out.

    `browser` is the language that the browser prefers, "" where the page or its site names one.
    """

    site: str
    thread: str
    title: str = ""
    sort: str = ""
    lang: str = ""
    page: str = ""
    theme: str = ""
    accent: str = ""
    ground: str = ""
    pictured: str = ""
    browser: str = ""

    @property
    def size(self) -> int:
        """The bytes that it takes at most."""
        return 600 + 4 * (len(self.thread) + len(self.title))

    def of_site(self, site: Site, accepted: str) -> "PageWish":
        """Add the browser's language, if it is what decides."""
        if self.lang in LANGUAGES or site.language or self.page in LANGUAGES:
            return self
        return replace(self, browser=_preferred(accepted))

    def environ(self) -> dict[str, Any]:
        """Return the request that makes this page, which is nobody's."""
        asked = {name: getattr(self, name) for name in PARAMETERS}
        query = urlencode({name: value for name, value in asked.items() if value})
        header = {"HTTP_ACCEPT_LANGUAGE": self.browser} if self.browser else {}
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": f"{PATH}{self.site}",
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "",
            "wsgi.url_scheme": "http",
            **header,
        }


PARAMETERS = tuple(
    name for name in PageWish.__dataclass_fields__ if name not in ("site", "browser")
)


def read(environ: Mapping[str, Any]) -> PageWish | None:
    """Return what a request wishes for, None if it is not one of the pages that are kept."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if not path.startswith(PATH) or environ["REQUEST_METHOD"] != "GET":
        return None
    if len(query) > LONGEST_QUERY or len(environ.get("HTTP_ACCEPT_LANGUAGE", "")) > LONGEST_HEADER:
        return None
    return None if _is_somebody(environ) else _wish(path[len(PATH) :], query)


def _is_somebody(environ: Mapping[str, Any]) -> bool:
    cookies = environ.get("HTTP_COOKIE", "")
    if cookies and any(name in cookies for name in COOKIES):
        return True
    return any(name in KNOWN_BY or name.startswith(OURS) for name in environ)


@lru_cache(maxsize=1000)
def _wish(site: str, query: str) -> PageWish | None:
    if not NAME.fullmatch(site):
        return None
    text, asked = query.encode("latin-1").decode("utf-8", "replace"), dict[str, str]()
    for name, value in parse_qsl(text, keep_blank_values=True):
        asked.setdefault(name, value)
    if asked.keys() & (OWN | RARE) or not asked.get("thread") or _is_odd(asked):
        return None
    return PageWish(
        site=site,
        thread=asked["thread"],
        title=asked.get("title", "")[:LONGEST_TITLE],
        sort=asked.get("sort", ""),
        lang=languages.primary(asked.get("lang", "")),
        page=languages.primary(asked.get("page", "")),
        theme=asked["theme"] if asked.get("theme") in list(Theme) else "",
        accent=asked.get("accent", "").removeprefix("#").lower(),
        ground=asked["ground"] if colour.is_colour(asked.get("ground", "")) else "",
        pictured="1" if asked.get("pictured") else "",
    )


def _is_odd(asked: Mapping[str, str]) -> bool:
    """Tell whether a page repeats what it was asked for and could not understand."""
    is_ordered = asked.get("sort", "") in ("", *Order)
    return not is_ordered or not ACCENT.fullmatch(asked.get("accent", "000000"))


@lru_cache(maxsize=1000)
def _preferred(accepted: str) -> str:
    """Return the first of our languages that a browser accepts, "" for none."""
    wanted = parse_accept_header(accepted, LanguageAccept)
    tags = (tag.partition("-")[0].lower() for tag, weight in wanted if weight)
    return next((primary for primary in tags if primary in LANGUAGES), "")
