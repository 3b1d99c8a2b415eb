"""Make the pictures of docs/images from a real browser: `python -m tests.browser.screenshots`."""

import secrets
import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page, ViewportSize, sync_playwright

from benchmarks.serving import Running, serving
from service import accounts, demo, flagging, intake, review, voting
from service.core import Core
from service.domain.comment import Status
from service.domain.decision import Action
from service.domain.errors import StaleStatus
from service.domain.flag import FlagReason
from service.domain.moderator import Moderator, Role
from service.domain.site import CaptchaStrategy, Mode
from service.domain.vote import Direction
from service.store import comments, sites

IMAGES = Path(__file__).parents[2] / "docs" / "images"
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
INES = Moderator(name="ines", role=Role.OWNER)
DESKTOP = {"viewport": {"width": 800, "height": 3200}}
PHONE_AT_NIGHT = {
    "viewport": {"width": 375, "height": 3600},
    "device_scale_factor": 2,
    "color_scheme": "dark",
}
# (who, what, whom it answers, votes up, votes down); what is answered stands further up.
SAID = (
    (
        "Henrik Sol",
        "My grandmother voted for the bridge of 1968, which was never built either. "
        "I will believe it when the first pillar is wet.",
        None,
        14,
        1,
    ),
    (
        "Adaobi",
        "Then take her along to the opening. The trams are already ordered, says the annual "
        "report (page 31).",
        "Henrik Sol",
        5,
        0,
    ),
    (
        "T. Brandvold",
        "> The trams are already ordered\n\nOrdered, yes, but for Line 2. See "
        "https://transport.example/reports/annual-report.pdf",
        "Henrik Sol",
        3,
        2,
    ),
    (
        "Mill Street 9",
        "We are one of the four houses. Nobody has asked us, and the drawing on page "
        "12 shows our kitchen as “open area”.",
        None,
        9,
        4,
    ),
    ("عادل", "جسر جميل، لكن أين سيجلس الصيادون؟", None, 2, 0),
    (
        "Rower",
        "Half a century of landing stage against eleven minutes to the hospital. I row, and "
        "I would still choose the hospital.",
        None,
        21,
        3,
    ),
)
HELD = (
    (
        "Grumpy",
        "Whoever voted for this is a fool, and the mayor is the biggest one of them all.",
        None,
    ),
    (
        "Cheap boats",
        "BUY CHEAP BOATS!!! https://boats.example https://more-boats.example "
        "https://still-more-boats.example best price, click now",
        None,
    ),
    (
        "Lena",
        "Twenty-two against twenty-three is no mandate, you stupid cowards. Vote again, this time "
        "with the ferrymen in the room.",
        "Rower",
    ),
)


class Town:
    """The people who comment on the demo's article."""

    def __init__(self, core: Core, article: str) -> None:
        site = sites.get(core.redis, demo.NAME)
        roomy = replace(site.policy, comments_per_minute=6000)
        self._core, self._article = core, article
        self._site = replace(site, policy=roomy)
        self._ids: dict[str, str] = {}
        sites.put(core.redis, self._site)

    def speak(self) -> None:
        """Write, vote, flag, and leave something for a moderator."""
        for name, body, answered, up, down in SAID:
            self._submit(name, body, answered)
            self._decide(name, Action.APPROVE)
            self._vote(self._ids[name], up, down)
        self._vote("", 31, 6)
        for name, body, answered in HELD:
            self._submit(name, body, answered)
            self._decide(name, Action.HOLD)
        note = "They ask for our kitchens now."
        flagging.flag(
            self._core,
            self._site,
            self._ids["Mill Street 9"],
            self._reader(),
            FlagReason.OTHER,
            note,
            "x",
        )

    def _submit(self, name: str, body: str, answered: str | None) -> None:
        open_ = replace(self._site, captcha=CaptchaStrategy.OFF, mode=Mode.PRE)
        sent = intake.Submission(
            thread=self._article,
            title="Council votes for the tram bridge, by one voice",
            name=name,
            body=body,
            parent=self._ids[answered] if answered else None,
            reader=self._reader(),
            address=secrets.token_hex(4),
        )
        self._ids[name] = intake.submit(self._core, open_, sent).comment.id

    def _decide(self, name: str, action: Action) -> None:
        keys, comment = self._core.keys(self._site.name), self._ids[name]
        # The worker looks first, so that a moderator sees its scores and reasons.
        while comments.get(self._core.redis, keys, comment).status is Status.PENDING:
            pass
        while (seen := comments.get(self._core.redis, keys, comment).status) is not action.status:
            with suppress(StaleStatus):
                if action is Action.HOLD and seen is not Status.APPROVED:
                    return
                review.decide(self._core, self._site, INES, comment, action, seen=seen)

    def _vote(self, comment: str, up: int, down: int) -> None:
        for way in [Direction.UP] * up + [Direction.DOWN] * down:
            reader, address = self._reader(), secrets.token_hex(4)
            if comment:
                voting.vote_on_comment(self._core, self._site, comment, reader, way, address)
            else:
                voting.vote_on_article(self._core, self._site, self._article, reader, way, address)

    def _reader(self) -> str | None:
        token = self._core.signer.reader_token(self._site.name, self._core.random(12))
        return self._core.signer.reader(self._site.name, token)


def main(folder: Path) -> None:
    """Start everything, let people speak, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with serving("--demo") as running, sync_playwright() as playwright:
        Town(running.core, running.demo_url).speak()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGS))
        widget(browser, running, folder)
        widget_on_a_phone(browser, running, folder)
        desk(browser, running, folder)
        reference(browser, running, folder)
        browser.close()


def widget(browser: Browser, running: Running, folder: Path) -> None:
    """The article with its comments, and the form with what is wrong with it."""
    page = browser.new_page(**DESKTOP)  # type: ignore[arg-type]
    frame = _open(page, running.demo_url)
    frame.locator("#article [data-way=up]").click()
    frame.locator("#article [aria-pressed=true]").wait_for()
    _look_at(page, {"width": 800, "height": 1400}, pixels_above=120)
    page.screenshot(path=folder / "widget.png")
    _shrink(folder / "widget.png")
    frame.locator("#body").fill("How many steps wide is it?")
    frame.locator("#send").click()
    frame.locator("#name[aria-invalid]").wait_for()
    frame.locator("#write").screenshot(path=folder / "form.png")
    _shrink(folder / "form.png")


def widget_on_a_phone(browser: Browser, running: Running, folder: Path) -> None:
    """The comments on a small screen, in the dark."""
    page = browser.new_page(**PHONE_AT_NIGHT)  # type: ignore[arg-type]
    frame = _open(page, running.demo_url)
    frame.locator("#send").wait_for()
    _look_at(page, {"width": 375, "height": 1200}, pixels_above=0)
    page.screenshot(path=folder / "phone.png")
    _shrink(folder / "phone.png")


def desk(browser: Browser, running: Running, folder: Path) -> None:
    """A moderator's queue."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(accounts.invite(running.core, INES))
    page.get_by_label("Password").fill(secrets.token_urlsafe(12))
    page.get_by_role("button").click()
    page.wait_for_url(f"**/review/{demo.NAME}")
    _keep(page, folder / "review.png", height=1100)


def reference(browser: Browser, running: Running, folder: Path) -> None:
    """The API's documentation."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(f"{running.url}/docs#get-api-v1-sites-site-comments")
    _keep(page, folder / "reference.png", height=900)


def _open(page: Page, url: str) -> FrameLocator:
    page.goto(url)
    frame = page.frame_locator("iframe[title=Comments]")
    with page.expect_response("**/captchas/*.png"):
        frame.locator("#picture").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    return frame


def _look_at(page: Page, size: ViewportSize, *, pixels_above: int) -> None:
    page.set_viewport_size(size)
    page.evaluate(f"scrollTo(0, document.getElementById('comments').offsetTop - {pixels_above})")
    # A frame of another origin is painted by another process, a moment later.
    page.wait_for_timeout(1000)


def _keep(page: Page, file: Path, *, height: int) -> None:
    page.set_viewport_size({"width": 1200, "height": height})
    page.screenshot(path=file)
    _shrink(file)


def _shrink(file: Path) -> None:
    # Few colours: a picture of text needs no more, and the repository stays small.
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(160).save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
