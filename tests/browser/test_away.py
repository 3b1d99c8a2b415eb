"""The store becomes unreachable while somebody writes, and comes back."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from service.app import create_app
from service.core import Core
from service.domain.site import CaptchaStrategy, Mode, Site
from service.signing import Signer
from service.store.desk import queues
from service.store.desk.queues import State
from service.store.keys import Keys
from service.store.record import Record
from service.store.server import connection, embedded, schema
from service.store.site import sites
from service.store.site.sites import SiteBook
from tests.browser.calls import IMPATIENT, NOTE_WHAT_IS_WAITED_FOR, asks, waits

pytestmark = pytest.mark.browser

ARTICLE = "https://news.example/tram"


@dataclass
class Fragile:
    """Only the web process, with a store that can be stopped and started."""

    folder: Path
    url: str = ""
    store: ExitStack = field(default_factory=ExitStack)

    @property
    def socket(self) -> Path:
        return self.folder / "store.sock"

    def start(self) -> None:
        """Start the store with its data."""
        binary = embedded.find_binary()
        assert binary is not None
        self.store.enter_context(embedded.running(binary, self.folder, self.socket))

    def stop(self) -> None:
        """Stop the store."""
        self.store.close()


@pytest.fixture
def fragile() -> Iterator[Fragile]:
    with TemporaryDirectory(prefix="fm-") as folder:
        fragile_store = Fragile(Path(folder))
        fragile_store.start()
        redis = connection.open_record(f"unix://{fragile_store.socket}")
        schema.ensure(redis)
        site = Site(
            name="news",
            origins=("https://news.example",),
            mode=Mode.PRE,
            captcha=CaptchaStrategy.OFF,
        )
        sites.put(redis, site)
        core = Core(
            redis=redis,
            sites=SiteBook(redis, clock=iter(range(0, 10**9, 10)).__next__),
            signer=Signer(b"a secret of this test"),
            ring=lambda site: None,
            public_url="",
        )
        server = make_server("127.0.0.1", 0, create_app(core), threaded=True)
        fragile_store.url = f"http://127.0.0.1:{server.server_port}/frame/news?thread={ARTICLE}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield fragile_store
        server.shutdown()
        server.server_close()
        redis.close()
        fragile_store.stop()


def held(fragile: Fragile) -> int:
    """Count the stored comments."""
    with connection.open_record(f"unix://{fragile.socket}") as redis:
        return queues.counts(Record(redis, Keys("news")))[State.PENDING]


def test_a_frame_that_opens_meanwhile_says_so_and_comes_back(page: Page, fragile: Fragile):
    fragile.stop()
    answer = page.goto(fragile.url)
    assert answer is not None
    assert answer.status == 503
    assert answer.headers["retry-after"]
    expect(page.get_by_role("heading", level=1)).to_have_text("Comments are away for the moment")
    fragile.start()
    expect(page.get_by_role("heading", level=1)).to_have_text("Total comments (0)", timeout=15_000)


def test_it_is_looked_for_ever_less_often(page: Page, fragile: Fragile):
    fragile.stop()
    page.clock.install()
    # Only the test moves the clock: the shortest wait is 50 ms longer than what is tried first.
    page.clock.pause_at(datetime.now() + timedelta(minutes=1))
    page.add_init_script(NOTE_WHAT_IS_WAITED_FOR)
    page.goto(fragile.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Comments are away for the moment")
    looked: list[str] = []
    page.on("request", lambda request: looked.append(request.method))
    turns = enumerate(((3_700, 6_300), (7_400, 12_600), (14_900, 25_100)))
    for before, (least, most) in turns:
        waits(page, before + 1)
        page.clock.run_for(least)
        assert len(looked) == before
        with page.expect_response("**/frame/**"):
            page.clock.run_for(most - least)
    assert looked == ["HEAD"] * 3


def test_a_look_that_nobody_answers_is_not_the_last(page: Page, fragile: Fragile):
    fragile.stop()
    page.add_init_script(IMPATIENT)
    page.clock.install()
    page.goto(fragile.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Comments are away for the moment")
    page.route("**/frame/**", lambda route: None)
    for _ in range(2):
        asks(page, "**/frame/**", 30_000)


def test_what_is_being_written_is_kept(page: Page, fragile: Fragile, reader):
    page.goto(fragile.url)
    fragile.stop()
    page.locator("#name").fill("Bo")
    page.locator("#body").fill("Do not lose me.")
    page.locator("#send").click()
    expect(page.locator("#form-fault")).to_contain_text("your text is kept")
    expect(page.locator("#body")).to_have_value("Do not lose me.")
    fragile.start()
    page.locator("#send").click()
    expect(page.locator("[data-own]")).to_contain_text("Do not lose me.")
    assert held(fragile) == 1


def test_without_javascript_too(plain: Page, fragile: Fragile):
    plain.goto(fragile.url)
    fragile.stop()
    plain.locator("#name").fill("Bo")
    plain.locator("#body").fill("Do not lose me.")
    plain.locator("#send").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Comments are away for the moment")
    expect(plain.get_by_label("Your text")).to_have_value("Do not lose me.")
    fragile.start()
    plain.get_by_role("button", name="Send it again").click()
    expect(plain.locator("[data-own]")).to_contain_text("Do not lose me.")
    assert held(fragile) == 1
