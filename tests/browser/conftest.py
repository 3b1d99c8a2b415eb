"""A real browser on a real `folkmoot run`, with the actions of readers and moderators."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Frame,
    FrameLocator,
    Locator,
    Page,
    expect,
)

from service import captcha, demo
from service.core import Core
from service.desk.account import accounts
from service.desk.queue import decisions
from service.domain.comment import Comment
from service.domain.decision import Action, Seen
from service.domain.errors import StaleStatus
from service.domain.moderator import Moderator, Role
from service.domain.site import CaptchaStrategy, Mode, Site
from service.domain.submission import Submission
from service.readers import standing
from service.readers.intake.submit import submit
from service.readers.suspicion import HASTE
from service.store.comments import comments
from service.store.site import sites
from tests.browser import press

PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
# The list of sites, or the page of the only one.
DESK = re.compile(r"/review/[^/]*$")
TESTER = Moderator(name="tester", role=Role.OWNER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Add to a failure what all frames show: playwright's own report ends at foreign frames."""
    report = yield
    if report.when == "call" and report.failed:
        shown = [_shown(frame) for page in _pages(item) for frame in page.frames]
        report.sections.append(("frames", "\n\n".join(shown)))
    return report


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open new browsers, as different people; an error in a script fails the test."""
    opened: list[BrowserContext] = []
    broken: list[str] = []

    def open_(**wishes: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **wishes})
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: broken.append(str(error.error)))
        context.on("console", lambda said: _note(said.text, broken))
        opened.append(context)
        return context

    yield open_
    for context in opened:
        context.close()
    assert not broken


@pytest.fixture
def page(contexts: Callable[..., BrowserContext]) -> Page:
    return contexts().new_page()


@pytest.fixture
def plain(contexts: Callable[..., BrowserContext]) -> Page:
    """A page in a browser without JavaScript."""
    return contexts(java_script_enabled=False).new_page()


@dataclass(frozen=True)
class Paper:
    """A separate site on the running service, with one article without comments."""

    core: Core
    site: Site
    article: str

    @property
    def frame(self) -> str:
        """The address of the article's frame."""
        asked = urlencode({"thread": self.article, "title": "An article"})
        return f"{self.core.public_url}/frame/{self.site.name}?{asked}"

    def submit(self, body: str, *, name: str = "Ada", parent: str | None = None) -> Comment:
        """Submit a comment as another reader."""
        core = self.core
        reader = core.signer.reader_token(self.site.name, core.random(12))
        sent = Submission(
            thread=self.article,
            title="An article",
            name=name,
            body=body,
            parent=parent,
            reader=core.signer.reader(self.site.name, reader),
            address=secrets.token_hex(4),
        )
        open_ = replace(self.site, captcha=CaptchaStrategy.OFF, mode=Mode.PRE)
        return submit(core, open_, sent).comment

    def publish(self, body: str, *, name: str = "Ada", parent: str | None = None) -> Comment:
        """Publish a comment of another reader, whatever the machine's verdict."""
        comment = self.submit(body, name=name, parent=parent)
        self.decide(comment.id, Action.APPROVE)
        return comment

    def hold(self, body: str, *, name: str = "Ada") -> Comment:
        """Put a comment into the queue of the moderators."""
        comment = self.submit(body, name=name)
        self.decide(comment.id, Action.HOLD)
        return comment

    def decide(self, comment: str, action: Action) -> None:
        """Decide as another moderator; decide again if the worker was quicker."""
        record = self.core.at(self.site.name)
        while (seen := comments.get(record, comment).status) is not action.status:
            with suppress(StaleStatus):
                decisions.decide(self.core, self.site, TESTER, comment, action, seen=Seen(seen))


@pytest.fixture
def paper(running: Any) -> Callable[..., Paper]:
    """Create newspapers without a limit of comments per minute."""

    def found(mode: Mode = Mode.PRE, captcha: CaptchaStrategy = CaptchaStrategy.IMAGE) -> Paper:
        origin = _origin(running.demo_url)
        site = Site(
            name=f"paper-{secrets.token_hex(4)}", origins=(origin,), mode=mode, captcha=captcha
        )
        site = replace(site, policy=replace(site.policy, comments_per_minute=6000))
        sites.put(running.core.redis, site)
        return Paper(running.core, site, f"{origin}/{secrets.token_hex(4)}")

    return found


@pytest.fixture
def ferry_post(running: Any) -> Paper:
    """The site of the demo, where a real worker decides."""
    core = running.core
    site = sites.get(core.redis, demo.NAME)
    site = replace(site, policy=replace(site.policy, comments_per_minute=6000))
    sites.put(core.redis, site)
    # Other tests have written from this address too, which would be suspicious.
    kinds = standing.kinds_of(core, site, "127.0.0.1")
    core.redis.delete(*(core.at(site.name).keys.lately(*kind) for kind in kinds))
    return Paper(core, site, running.demo_url)


@pytest.fixture
def printing() -> Iterator[press.Press]:
    """A newspaper's own web server."""
    with press.running() as started:
        yield started


@dataclass(frozen=True)
class Reader:
    """The actions of a reader in the frame, which is a page of its own or part of a news page."""

    at: Page | FrameLocator
    core: Core

    def code(self) -> str:
        """Return the answer from the secret, since no test can read the picture."""
        secret = self.core.signer.derive("captcha")
        shown = self.at.locator("#captcha-id").input_value()
        return captcha.code(secret, captcha.read(secret, shown))

    def is_patient(self) -> bool:
        """Tell whether the code was issued long enough ago for a person to have copied it."""
        secret = self.core.signer.derive("captcha")
        shown = captcha.read(secret, self.at.locator("#captcha-id").input_value())
        return self.core.now() - shown.issued_at >= HASTE

    def fill(self, body: str, *, name: str = "Bo", answer: str | None = None) -> None:
        """Fill in the form once it is stable; the code is right unless another is given."""
        expect(self.at.locator("#form:not([aria-busy])")).to_have_count(1)
        self.at.locator("#name").fill(name)
        self.at.locator("#body").fill(body)
        if self.at.locator("#answer").count():
            self.at.locator("#answer").fill(self.code() if answer is None else answer)

    def send(self) -> None:
        """Press the button."""
        self.at.locator("#send").click()

    def write(self, body: str, **more: str) -> None:
        """Fill in and send."""
        self.fill(body, **more)
        self.send()

    def own(self, status: str) -> Locator:
        """Find the reader's own comment in a state."""
        return self.at.locator(f'[data-own][data-status="{status}"]')

    def votes(self, comment: str = "") -> Locator:
        """Find the vote buttons of a comment, or of the article."""
        return self.at.locator(f"#comment-{comment} .votes" if comment else "#article .votes")


@pytest.fixture
def reader(running: Any) -> Callable[[Page | FrameLocator], Reader]:
    return lambda at: Reader(at, running.core)


@pytest.fixture
def moderator(running: Any, page: Page) -> Callable[..., Page]:
    """Sign in moderators by their one-time links."""

    def sign_in(role: Role = Role.OWNER, *, at: Page = page) -> Page:
        who = Moderator(name=f"{role.value}-{secrets.token_hex(3)}", role=role)
        at.goto(accounts.invite(running.core, who))
        at.get_by_label("Password").fill("four good words here")
        at.get_by_role("button", name="Open the review desk").click()
        at.wait_for_url(DESK)
        return at

    return sign_in


def _pages(item: pytest.Item) -> list[Page]:
    browser = getattr(item, "funcargs", {}).get("browser")
    return [page for context in browser.contexts for page in context.pages] if browser else []


def _shown(frame: Frame) -> str:
    try:
        return f"{frame.url}\n{frame.locator('body').inner_text(timeout=2000)}"
    except Error as error:
        return f"{frame.url}\n{error.message}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _note(text: str, broken: list[str]) -> None:
    # Some tests expect a 422 or 409, which is also logged as an error; a blocked script is a fault.
    is_stranger_refused = text.startswith("Framing ")
    if ("Content Security Policy" in text or "Uncaught" in text) and not is_stranger_refused:
        broken.append(text)
