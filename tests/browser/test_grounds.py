"""The frame is legible on every page, and shows the page's ground where that carries our text."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from service.domain.site import CaptchaStrategy, Theme
from service.store.site import sites
from service.web.assets.colour import Rgb, contrast
from tests.browser.press import Press

pytestmark = pytest.mark.browser

# The page's style, the theme that follows on a light and on a dark device, and its ground where it
# shows through.
GROUNDS = [
    ("html { background: #fff }", "light light", "#ffffff"),
    ("html { background: #000 }", "dark dark", "#000000"),
    ("body { background: #1b1b1b }", "dark dark", "#1b1b1b"),
    ("body { background: #f4f4f0 }", "light light", "#f4f4f0"),
    ("body { background: #808080 }", "light light", ""),
    ("body { background: #6a1b9a }", "dark dark", ""),
    ("body { background: oklch(0.22 0.03 250) }", "dark dark", "?"),
    ("main { background: color-mix(in oklab, black 90%, white) }", "dark dark", "?"),
    ("main { background: color(display-p3 0.95 0.95 0.9) }", "light light", "?"),
    ("html { background: #fff } main { background: rgb(0 0 0 / 95%) }", "dark dark", "?"),
    ("html { background: #111 } body { background: linear-gradient(#fff, #eee) }", "dark dark", ""),
    (":root { color-scheme: dark }", "dark dark", "?"),
    (":root { color-scheme: light dark }", "light dark", "?"),
    ("", "light light", "#ffffff"),
]
# A change of the class alone is followed: the style sheet comes with it.
RESTYLE = """css => {
  document.getElementById("ground").textContent = css;
  document.body.className = `of-${css.length}`;
}"""


def pixels(shown: Locator) -> Image.Image:
    return Image.open(BytesIO(shown.screenshot())).convert("RGB")


def legibility(shown: Locator) -> tuple[float, Rgb]:
    """The contrast of a text in a picture of it: its ground is what there is most of."""
    counted = pixels(shown).getcolors(2**24) or []
    _, ground = max(counted)
    return max(contrast(colour, ground) for _, colour in counted), ground


@pytest.mark.parametrize("device", ["light", "dark"])
def test_text_is_legible_on_whatever_ground_the_page_has(contexts, paper, printing: Press, device):
    page: Page = contexts(color_scheme=device).new_page()
    daily = printing.issue(
        paper(captcha=CaptchaStrategy.OFF), above='<style id="ground"></style>', below=""
    )
    daily.publish("Worth a vote.")
    page.goto(daily.article)
    frame = page.frame_locator("iframe")
    root = frame.locator("html")
    for style, themes, shows in GROUNDS:
        page.evaluate(RESTYLE, style)
        theme = themes.split()[device == "dark"]
        expect(root).to_have_attribute("data-theme", theme)
        if shows:
            expect(root).to_have_attribute("data-clear", "")
        else:
            expect(root).not_to_have_attribute("data-clear", "")
        expect(page.locator("iframe")).to_have_css("color-scheme", theme)
        for text in (".text", "#email-hint"):
            found, ground = legibility(frame.locator(text).first)
            assert found >= 4.5, (style, text, found)
            if shows.startswith("#"):
                assert "#{:02x}{:02x}{:02x}".format(*ground) == shows, (style, text)


def test_a_page_that_turns_dark_slowly_is_followed(page: Page, paper, printing: Press):
    style = "body { transition: background 0.2s; background: white } .night { background: black }"
    daily = printing.issue(paper(), above=f"<style>{style}</style>")
    page.goto(f"{daily.article}#comments")
    root = page.frame_locator("iframe").locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    page.evaluate("document.body.classList.add('night')")
    expect(root).to_have_attribute("data-theme", "dark")


def test_a_wish_for_dark_shows_no_box_on_a_dark_page(page: Page, paper, printing: Press):
    daily = printing.issue(
        paper(), wishes='data-theme="dark"', above="<style>body { background: #101010 }</style>"
    )
    page.goto(daily.article)
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("data-clear", "")
    expect(page.locator("iframe")).to_have_css("color-scheme", "dark")
    corner = pixels(page.locator("iframe")).getpixel((2, 2))
    assert corner == (16, 16, 16)


def test_a_wish_for_dark_is_fulfilled_on_a_light_page(page: Page, paper, printing: Press):
    daily = printing.issue(paper(), wishes='data-theme="dark"', above="")
    page.goto(daily.article)
    frame = page.frame_locator("iframe")
    expect(page.locator("iframe")).to_have_css("color-scheme", "dark")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    assert legibility(frame.locator("#write-heading"))[0] >= 4.5


def test_a_site_s_own_theme_comes_before_the_page_s_colours(page: Page, paper, printing: Press):
    daily = printing.issue(paper(), above="<style>body { background: black }</style>")
    sites.put(daily.core.redis, replace(daily.site, theme=Theme.LIGHT))
    page.goto(daily.article)
    frame = page.frame_locator("iframe")
    expect(page.locator("iframe")).to_have_css("color-scheme", "light")
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    assert legibility(frame.locator("#write-heading"))[0] >= 4.5
