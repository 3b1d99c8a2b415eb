"""The demo on another origin: both directions, light and dark, JavaScript on and off."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from service.domain.vote import Direction
from service.readers.vote import vote_on_comment
from service.store.site import sites
from tests.browser.test_accessibility import check
from tests.crowd import Said, speak

pytestmark = pytest.mark.browser

# Each two of direction, colours and JavaScript meet once.
WAYS = [
    ("night-market", "light", True),
    ("night-market", "dark", False),
    ("al-jisr", "light", False),
    ("al-jisr", "dark", True),
]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}, {way[1]}, script {way[2]}")
def opened(request: pytest.FixtureRequest, contexts, running, ferry_post) -> tuple[Page, str]:
    """A page of the demo with some comments, and its address."""
    slug, scheme, javascript = request.param
    url = f"{running.demo_url}{slug}"
    site = sites.get(running.core.redis, ferry_post.site.name)
    remarks = [
        Said("كم ثمنه؟", "سلمى"),
        Said("Twelve.", "Jo", 0),
        Said("> كم ثمنه؟\n\nاثنا عشر.", "هدى", 1),
    ]
    made = speak(running.core, site, url, remarks)
    vote_on_comment(running.core, site, made[0].id, "somebody", Direction.UP, "here")
    page = contexts(color_scheme=scheme, java_script_enabled=javascript, bypass_csp=True).new_page()
    page.goto(url)
    page.locator("#comments").scroll_into_view_if_needed()
    return page, slug


def test_comments_stand_under_the_article(opened: tuple[Page, str]):
    page, slug = opened
    frame: FrameLocator = page.frame_locator("iframe")
    expect(frame.locator(".comment").first).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("dir", "rtl" if slug == "al-jisr" else "ltr")
    expect(frame.locator("html")).to_have_attribute("lang", "ar" if slug == "al-jisr" else "en")
    fold = frame.locator("summary").first.bounding_box()
    name = frame.locator(".name").first.bounding_box()
    assert (fold["x"] < name["x"]) == (slug == "al-jisr")


def test_a_vote_is_cast(opened: tuple[Page, str], reader):
    page, _ = opened
    votes = reader(page.frame_locator("iframe")).votes()
    before = int(votes.locator("[data-way=up] .number").inner_text())
    votes.locator("[data-way=up]").click()
    expect(votes.locator("[data-way=up]")).to_have_attribute("aria-pressed", "true")
    expect(votes.locator("[data-way=up] .number")).to_have_text(str(before + 1))


@pytest.mark.parametrize(("slug", "scheme"), [("", "light"), ("", "dark"), ("al-jisr", "dark")])
def test_everybody_can_read_it(contexts, running, ferry_post, slug: str, scheme: str):
    page = contexts(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(f"{running.demo_url}{slug}")
    page.locator("#comments").scroll_into_view_if_needed()
    page.frame_locator("iframe").locator("#send").wait_for()
    check(page)
