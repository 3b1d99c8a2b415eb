"""Links in plain text: where they begin and end, and which hosts a text names."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from urllib.parse import unquote

from linkify_it import LinkifyIt

from service.domain import endings
from service.domain.hosts import host_of

# Longer addresses are not opened by every browser and server; what follows is text.
LONGEST = 2048
# The full stops that browsers read as the dots of a host (UTS 46).
DOTS = ".\u3002\uff0e\uff61"
# Punctuation that stands within words: apostrophe, middle dots, geresh and gershayim, tsheg.
INNER = "\u00b7\u05f3\u05f4\u0f0b\u2019\u2027\u30fb\uff65"
ENDS = ".,;:!?'*" + INNER
# A link never goes on after these: blanks, brackets, quotes and sentence marks of all scripts,
# long dashes. Full stops are decided on later.
STOPS = "".join(
    re.escape(char)
    for char in map(chr, chain(range(0x3100), range(0xA4D0, 0xAC00), range(0xFD3E, 0xFFE0)))
    if char in '<>"`\u2014\u2015\u2e3a\u2e3b'
    or (
        char not in DOTS + INNER
        and not char.isascii()
        and unicodedata.category(char) in ("Po", "Ps", "Pe", "Pi", "Pf")
    )
)
RUN = re.compile(rf"[^\s\x00-\x1f{STOPS}]+")
LIKELY = re.compile(rf"\S[{DOTS}]\S|:[\\/]|(?i:\[dot|\(dot|\{{dot|\sdot\s)")
# Fullwidth letters, digits and hyphen, which hosts are sometimes disguised with.
NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()}
NARROW[0xFF0D] = "-"
LETTER = rf"(?:[a-z0-9%_-]|[^\x00-\xa0{DOTS}])"
PORT = r"(?::\d{1,5}(?!\d))?"
ADDRESS = re.compile(
    rf"(?P<scheme>h(?:tt|xx|\*\*)ps?:[\\/]+)(?P<user>[^/?#\\@]*@(?:[^/?#\\]*@)?)?"
    rf"(?P<host>\[[0-9a-f:.]*\]|{LETTER}++(?:[{DOTS}]{LETTER}++)*+)(?P<port>{PORT})",
    re.IGNORECASE,
)
LABEL = rf"(?:[a-z0-9-]|[^\x00-\xa0{DOTS}])++"
LABELS = re.compile(f"[{DOTS}]")
# No real host has more labels.
MOST_LABELS = 10
LABELS_END = re.compile(f"[^{DOTS[1:]}]*")
START = re.compile(
    rf"{ADDRESS.pattern}|(?<![^\W_]|[@.\\%-])(?<![^/]/)(?<!^/)"
    rf"(?P<bare>{LABEL}(?:[{DOTS}]{LABEL})++)(?P<bare_port>{PORT})(?!@)",
    re.IGNORECASE,
)
# Scripts without spaces: the words before a bare host are not part of it.
GLUED = re.compile(r".*[^\x00-\u0dff]")
LATIN = re.compile(r"[a-z0-9-]+(?=[^\x00-\u0dff])", re.IGNORECASE)
# Ways to write an address so that programs do not see it: "spam[.]example", "spam (dot) example".
DISGUISED_DOT = re.compile(
    r"\s?[\[({]\s?(?:\.|dot|punkt|point|punto|ponto|точка)\s?[\])}]\s?", re.I
)
SPOKEN_DOT = re.compile(r"(?<=[a-z0-9])\s{1,3}dot\s{1,3}(?=[a-z]{2,})", re.IGNORECASE)
ROOT = "http://news.example"


@dataclass(frozen=True, slots=True)
class Link:
    """An address or a host in a text, at `start` to `end`.

    `is_certain` is false for what may be something else, such as a file name or the end of a
    sentence: it matters only if its host is blocked.
    """

    start: int
    end: int
    url: str
    is_certain: bool = True

    @property
    def host(self) -> str:
        """The host that a browser would open."""
        return host_of(self.url)


def find(text: str) -> list[Link]:
    """Find every link in a text, in order; the punctuation after it is not part of it."""
    if not LIKELY.search(text):
        return []
    return [link for run in RUN.finditer(text) for link in _in_run(run[0], run.start())]


def links_in(text: str) -> list[str]:
    """List the links that a text certainly has, also those that hide from programs."""
    return [link.url for link in find(_undisguised(text)) if link.is_certain]


def hosts_linked(text: str) -> tuple[str, ...]:
    """List the hosts of the links that a text certainly has, one for each."""
    return tuple(map(host_of, links_in(text)))


def hosts_named(text: str) -> tuple[str, ...]:
    """List every host that a text names, certain or not, also inside other addresses."""
    spoken = SPOKEN_DOT.sub(".", _undisguised(text))
    named = [url for link in find(spoken) for url in (link.url, *_nested(link.url))]
    return tuple(dict.fromkeys(host for url in named if (host := host_of(url))))


def without_links(text: str) -> str:
    """Cut the links that a text certainly has."""
    parts, end = [], 0
    for link in find(text):
        if link.is_certain:
            parts.append(text[end : link.start])
            end = link.end
    return "".join([*parts, text[end:]])


def _in_run(run: str, begin: int) -> Iterator[Link]:
    run, place = run[:LONGEST].translate(NARROW), 0
    while found := START.search(run, place):
        link = _address(run, found) if found["scheme"] else _bare(run, found)
        place = max(link.end, found.start() + 1)
        yield replace(link, start=begin + link.start, end=begin + link.end)


def _address(run: str, found: re.Match[str]) -> Link:
    end = _end(run, found, "host", "port")
    return Link(found.start(), end, run[found.start() : end])


def _bare(run: str, found: re.Match[str]) -> Link:
    end = _end(run, found, "bare", "bare_port")
    start = found.start()
    first = LABELS.split(found["bare"])[0]
    if (glued := GLUED.match(first)) and glued.end() < len(first) and not _is_latin(glued[0]):
        start += glued.end()
    url = run[start:end]
    host = url[: found.end("bare") - start]
    is_plain = len(url) > len(host) + 1 or endings.is_plain(host)
    is_certain = is_plain and endings.is_known(LABELS.split(host)[-1])
    return Link(start, end, url, is_certain or url[:4].lower() == "www.")


def _end(run: str, found: re.Match[str], host: str, port: str) -> int:
    """Find where a link ends: after its path, or within its host where the next sentence begins."""
    whole = found[host]
    real = _real_host(whole)
    if len(real) < len(whole):
        return found.start(host) + len(real)
    return found.end(port) + _path_length(run[found.end(port) :])


def _real_host(written: str) -> str:
    """Return a host up to the last label that ends hosts, all of it if there is none.

    In "news.example。谢谢" and "news.example.Then" the next sentence follows without a space.
    """
    ends = [dot.start() for dot in LABELS.finditer(written)][:MOST_LABELS]
    for end in reversed([*ends, len(written)]):
        last = LABELS.split(written[:end])[-1]
        latin = LATIN.match(last)
        if latin and endings.is_known(latin[0]):
            return written[: end - len(last) + latin.end()]
        if end != (ends or [end])[0] and endings.is_known(last):
            return written[:end]
    foreign = next((end for end in ends if written[end] != "."), len(written))
    return written[:foreign].rstrip("-_%")


def _path_length(rest: str) -> int:
    if rest[:1] not in ("/", "?", "#"):
        return 0
    path = LABELS_END.match(rest)
    match = _finder().match_at_start(ROOT + path[0]) if path else None
    return len(match.raw[len(ROOT) :].rstrip(ENDS)) if match else 0


@cache
def _finder() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})


def _is_latin(text: str) -> bool:
    # Letters in circles and the like are read as plain ones.
    return unicodedata.normalize("NFKC", text).isascii()


def _nested(url: str) -> list[str]:
    """List the addresses inside another one, as redirects and archives have them."""
    found = [inner for inner in ADDRESS.finditer(unquote(url)) if inner.start()]
    return [inner[0] for inner in found]


def _undisguised(text: str) -> str:
    return DISGUISED_DOT.sub(".", text)
