"""Take the screenshots for docs/images in a browser: `python -m tests.browser.screenshots`."""

import itertools
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page, ViewportSize, expect, sync_playwright

from benchmarks.serving import Running, serving
from service.core import utc_now
from service.demo.town import Town
from tests.browser import desk_pictures, office_pictures

IMAGES = Path(__file__).parents[2] / "docs" / "images"
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
DESKTOP = {"viewport": {"width": 800, "height": 3200}}
PHONE_AT_NIGHT = {
    "viewport": {"width": 375, "height": 3600},
    "device_scale_factor": 2,
    "color_scheme": "dark",
}


def main(folder: Path) -> None:
    """Start everything, add comments, and take the screenshots."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    empty = ("--demo", "--no-demo-comments")
    with serving(*empty) as running, sync_playwright() as playwright:
        core = replace(running.core, now=this_morning())
        Town(core, urlsplit(running.demo_url).port).speak()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGS))
        widget(browser, running, folder)
        widget_by_night(browser, running, folder)
        widget_from_right_to_left(browser, running, folder)
        widget_on_a_phone(browser, running, folder)
        desk_pictures.take(browser, running, folder)
        office_pictures.take(browser, running, folder)
        reference(browser, running, folder)
        browser.close()


def this_morning() -> Callable[[], datetime]:
    """Return a clock that starts hours ago and advances a minute at each reading."""
    begin, looks = utc_now() - timedelta(hours=5), itertools.count()
    return lambda: min(begin + timedelta(minutes=next(looks)), utc_now())


def widget(browser: Browser, running: Running, folder: Path) -> None:
    """The article with its comments, and the form with its errors."""
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


def widget_by_night(browser: Browser, running: Running, folder: Path) -> None:
    """The comments in dark mode."""
    page = browser.new_page(**DESKTOP, color_scheme="dark")  # type: ignore[arg-type]
    _open(page, running.demo_url).locator("#send").wait_for()
    _look_at(page, {"width": 800, "height": 1100}, pixels_above=40)
    page.screenshot(path=folder / "dark.png")
    _shrink(folder / "dark.png")


def widget_from_right_to_left(browser: Browser, running: Running, folder: Path) -> None:
    """An article in Arabic, with its comments."""
    page = browser.new_page(**DESKTOP)  # type: ignore[arg-type]
    _open(page, f"{running.demo_url}al-jisr").locator("#send").wait_for()
    _look_at(page, {"width": 800, "height": 1100}, pixels_above=220)
    page.screenshot(path=folder / "rtl.png")
    _shrink(folder / "rtl.png")


def widget_on_a_phone(browser: Browser, running: Running, folder: Path) -> None:
    """The comments on a small screen, in dark mode."""
    page = browser.new_page(**PHONE_AT_NIGHT)  # type: ignore[arg-type]
    frame = _open(page, running.demo_url)
    frame.locator("#send").wait_for()
    _look_at(page, {"width": 375, "height": 1200}, pixels_above=0)
    page.screenshot(path=folder / "phone.png")
    _shrink(folder / "phone.png")


def reference(browser: Browser, running: Running, folder: Path) -> None:
    """The documentation of the API."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(f"{running.url}/docs#get-api-v1-sites-site-comments")
    _keep(page, folder / "reference.png", height=900)


def _open(page: Page, url: str) -> FrameLocator:
    page.goto(url)
    frame = page.frame_locator("iframe")
    frame.locator("#picture").scroll_into_view_if_needed()
    expect(frame.locator("#picture")).not_to_have_js_property("naturalWidth", 0, timeout=15_000)
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
