"""Publish news pages for a test, on a separate origin that belongs to a site."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Page

from service.store.site import sites

if TYPE_CHECKING:
    from tests.browser.conftest import Paper

TALL = '<div style="height: 3000px">A long article.</div>'


@dataclass
class Press:
    """A newspaper's web server, which serves each published page under its path."""

    origin: str
    printed: dict[str, str] = field(default_factory=dict)

    def of(self, daily: "Paper", path: str = "/news") -> "Paper":
        """Move a newspaper here: its site gets our origin, its article our address."""
        site = replace(daily.site, origins=(self.origin,))
        sites.put(daily.core.redis, site)
        return replace(daily, site=site, article=f"{self.origin}{path}")

    def issue(
        self,
        daily: "Paper",
        *,
        above: str = TALL,
        below: str = "<footer>Imprint</footer>",
        wishes: str = "",
        lang: str = "en",
    ) -> "Paper":
        """Publish the article with comments under it."""
        here = self.of(daily)
        script, site = f"{daily.core.public_url}/embed.js", daily.site.name
        tag = f'<script src="{script}" data-site="{site}" {wishes} async></script>'
        # The height is reserved as docs/embedding.md describes.
        room = f'<main id="comments" style="min-height: 100vh">{tag}</main>'
        self.print(here.article, f"{above}{room}{below}", lang=lang)
        return here

    def print(self, address: str, body: str, *, lang: str = "en") -> None:
        """Publish a page at an address."""
        head = f'<!doctype html><html lang="{lang}"><title>The daily</title>'
        self.printed[urlsplit(address).path] = f"{head}<body>{body}</body></html>"


@contextmanager
def running() -> Iterator[Press]:
    """Start the web server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(press.printed.get(urlsplit(self.path).path, "").encode())

        def log_message(self, *said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        press = Press(f"http://localhost:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield press
        server.shutdown()


def requests_of(page: Page) -> list[str]:
    """Collect the addresses that a page and its frames request from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked
