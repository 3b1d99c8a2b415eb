"""News pages can embed the widget; other pages cannot."""

import gzip
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from service.web.assets import assets

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "service" / "web" / "static"


@pytest.mark.parametrize(("name", "most"), [("embed.js", 3072), ("counts.js", 2048)])
def test_scripts_for_news_pages_are_small(name: str, most: int):
    assert len(gzip.compress((STATIC / name).read_bytes())) <= most
    assert len(assets.every()[name].packed) <= most


def test_the_frame_comes_when_the_reader_nears_it_and_is_as_high_as_its_content(
    page: Page, running, ferry_post
):
    page.set_viewport_size({"width": 1000, "height": 300})
    page.goto(running.demo_url)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    page.locator("#comments").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe[title=Comments]")
    frame.locator("#send").wait_for()
    expect(page.locator("iframe")).to_have_css("min-height", "0px")
    inside = frame.locator("main").bounding_box()
    outside = page.locator("iframe").bounding_box()
    assert inside is not None
    assert outside is not None
    assert abs(inside["height"] - outside["height"]) <= 2


def test_badges_are_filled_with_one_request(page: Page, running, ferry_post):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response("**/counts?*"):
        page.goto(f"{running.demo_url}library-seeds")
    expect(page.locator("[data-folkmoot-count]")).to_have_count(3)
    assert len([url for url in asked if "/counts?" in url]) == 1


@pytest.fixture
def stranger() -> Iterator[Callable[[str], str]]:
    """Serve a page of another origin and return its address."""
    shown = {"page": ""}

    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(shown["page"].encode())

        def log_message(self, *said: object) -> None:
            pass

    def serve(html: str) -> str:
        shown["page"] = html
        return f"http://127.0.0.1:{server.server_port}/"

    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield serve
        server.shutdown()


def test_a_strangers_page_cannot_embed(contexts, paper, stranger):
    page = contexts().new_page()
    with page.expect_event("requestfailed", lambda request: "/frame/" in request.url) as refused:
        page.goto(stranger(f'<iframe src="{paper().frame}"></iframe>'))
    assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_forged_form_is_refused(page: Page, paper, origin: str | None):
    daily = paper()
    answer = page.request.post(
        f"{daily.core.public_url}/frame/{daily.site.name}/votes",
        form={"thread": daily.article, "direction": "up"},
        headers={"Origin": origin} if origin else {},
    )
    assert answer.status == 403
    assert "does not belong to the site" in answer.text()


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/frame/demo", 422, "must be an article"),
        ("/frame/demo?thread=https://other.example/", 422, "does not belong to the site"),
        ("/frame/no-such-site?thread=https://other.example/", 404, "no such site"),
        ("/problems/nothing", 404, ""),
    ],
)
def test_a_wrong_address_is_told_plainly(running, page: Page, path: str, status: int, told: str):
    answer = page.request.get(running.url + path)
    assert answer.status == status
    assert told in answer.text()


def test_the_demo_stays_on_its_own_origin(page: Page, running):
    page.goto(f"{running.url}/demo/")
    expect(page).to_have_url(running.demo_url)


def test_the_page_around_the_frame_cannot_be_impersonated(page: Page, running, paper):
    page.goto(paper().frame)
    followed = """async () => {
      postMessage({folkmoot: "host"}, "*");
      await new Promise((done) => setTimeout(done));
      return document.documentElement.classList.contains("followed");
    }"""
    assert page.evaluate(followed) is False
