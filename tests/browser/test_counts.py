"""Badges and counts of new comments, on pages as newspapers really write them."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import press
from tests.browser.calls import IMPATIENT, arrived, asks, asks_again
from tests.crowd import chorus, speak

pytestmark = pytest.mark.browser

SCRIPT = '<script src="{0}/counts.js" data-site="{1}" async></script>'
# The longest request line that nginx and others accept.
LONGEST = 8000


def test_a_page_in_no_language_with_a_broken_link_gets_its_numbers(page: Page, paper, printing):
    daily = printing.of(paper())
    speak(daily.core, daily.site, daily.article, list(chorus(3)))
    links = '<a href="http://#disqus_thread">broken</a><a href="{0}#disqus_thread">here</a>'
    script = SCRIPT.format(daily.core.public_url, daily.site.name)
    for lang in ("en_US", "no language at all"):
        printing.print(f"{daily.article}-front", links.format(daily.article) + script, lang=lang)
        page.goto(f"{daily.article}-front")
        expect(page.locator("a").last).to_have_text("3")
        expect(page.locator("a").first).to_have_text("broken")


def test_many_long_addresses_are_asked_for_in_requests_that_servers_take(
    page: Page, paper, printing
):
    daily = printing.of(paper())
    badge = '<a href="{0}-{1}-{2}" data-folkmoot-count>?</a>'
    links = "".join(badge.format(daily.article, "ö" * 40, number) for number in range(60))
    script = SCRIPT.format(daily.core.public_url, daily.site.name)
    printing.print(f"{daily.article}-front", links + script)
    asked = press.requests_of(page)
    page.goto(f"{daily.article}-front")
    expect(page.get_by_text("0", exact=True)).to_have_count(60)
    requests = [urlsplit(url).query for url in asked if "/counts?" in url]
    assert sum(query.count("thread=") for query in requests) == 60
    assert max(map(len, requests)) < LONGEST


def counts(daily, number: int) -> dict:
    """The count that the service gives for an article."""
    return {"threads": [{"thread": daily.article, "comments": number, "up": 0, "down": 0}]}


def test_news_that_went_and_came_again_are_offered_again(page: Page, paper):
    daily = paper()
    expected_counts = [2, 0, 2]
    page.route(
        "**/counts?*", lambda route: route.fulfill(json=counts(daily, expected_counts.pop(0)))
    )
    page.clock.install()
    page.goto(daily.frame)
    news = page.locator("#news")
    for shown in (True, False, True):
        asks_again(page, "**/counts?*", 21_000)
        expect(news).to_be_visible(visible=shown)


def test_a_look_for_news_that_nobody_answers_is_not_the_last(page: Page, paper):
    page.add_init_script(IMPATIENT)
    page.route("**/counts?*", lambda route: None)
    page.clock.install()
    page.goto(paper().frame)
    for _ in range(2):
        asks(page, "**/counts?*", 60_000)


def test_a_new_list_leaves_one_look_for_news_and_not_two(page: Page, paper):
    daily = paper()
    speak(daily.core, daily.site, daily.article, list(chorus(3)))
    waiting: list[Route] = []
    page.route("**/counts?*", lambda route: waiting.append(route))
    page.clock.install()
    page.goto(daily.frame)
    with page.expect_request("**/counts?*"):
        page.clock.fast_forward(21_000)
    page.get_by_role("link", name="Oldest").click()
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    arrived(page, waiting)
    with page.expect_response("**/counts?*"):
        waiting.pop().fulfill(json=counts(daily, 3))
    with page.expect_request("**/counts?*"):
        page.clock.run_for(21_000)
    # The request is reported a moment before it is held back.
    arrived(page, waiting)
    # Who looks twice has asked twice by now: both calls begin in one stretch of our clock.
    page.wait_for_timeout(200)
    assert len(waiting) == 1
