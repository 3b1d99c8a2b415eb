"""Screenshots of the desk for docs/moderating.md; screenshots.py takes them with all others."""

import secrets
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.serving import Running
from service import demo
from service.desk.account import accounts
from service.domain.moderator import Moderator, Role

INES = Moderator(name="ines", role=Role.OWNER)
BEN = Moderator(name="ben", role=Role.MODERATOR)
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


def take(browser: Browser, running: Running, folder: Path) -> None:
    """A queue with a colleague at work, the keys, a decision on several, a phone at night."""
    # A colleague to whom a comment can be referred.
    _enter(browser.new_page(), running, BEN)
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = _enter(context.new_page(), running, INES)
    page.keyboard.press("j")
    page.locator(".card mark").first.wait_for()
    page.evaluate("scrollTo(0, 0)")
    _keep(page, folder / "review.png")
    page.keyboard.press("?")
    page.locator("dialog.keys").screenshot(path=folder / "keys.png")
    _shrink(folder / "keys.png")
    page.keyboard.press("Escape")
    page.goto(f"{running.url}/review/{demo.NAME}/bulk?state=held")
    _keep(page, folder / "together.png")
    night = {**PHONE, "color_scheme": "dark", "storage_state": context.storage_state()}
    phone = browser.new_context(**night).new_page()  # type: ignore[arg-type]
    phone.goto(f"{running.url}/review/{demo.NAME}")
    phone.locator(".card mark").first.wait_for()
    phone.evaluate("document.querySelector('.card').scrollIntoView()")
    _keep(phone, folder / "review-phone.png")


def _enter(page: Page, running: Running, who: Moderator) -> Page:
    page.goto(accounts.invite(running.core, who))
    page.get_by_label("Password").fill(secrets.token_urlsafe(12))
    page.get_by_role("button").first.click()
    page.wait_for_url(f"**/review/{demo.NAME}")
    return page


def _keep(page: Page, file: Path) -> None:
    page.screenshot(path=file)
    _shrink(file)


def _shrink(file: Path) -> None:
    # Few colours: a picture of text needs no more, and the repository stays small.
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(160).save(file, optimize=True)
