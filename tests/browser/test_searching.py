"""A reader searches the comments of an article without leaving the page."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_words_are_found_where_they_stand(page: Page, paper):
    daily = paper()
    daily.publish("The ferry is slow.")
    daily.publish("The bridge is high.")
    page.goto(daily.frame)
    page.locator("#body").fill("half a thought")
    search = page.get_by_role("searchbox")
    search.fill("FERRY")
    search.press("Enter")
    expect(page.locator(".found")).to_contain_text("1 comment with “FERRY”")
    expect(page.locator(".comment")).to_have_count(1)
    expect(page.locator(".comment")).to_contain_text("The ferry is slow.")
    expect(page.locator("#said")).to_contain_text("1 comment with “FERRY”")
    expect(page.locator("#q")).to_be_focused()
    page.get_by_role("link", name="Show all comments").click()
    expect(page.locator(".comment")).to_have_count(2)
    expect(page.locator("#body")).to_have_value("half a thought")


def test_nothing_found_is_said(page: Page, paper):
    daily = paper()
    daily.publish("The ferry is slow.")
    page.goto(daily.frame)
    page.get_by_role("searchbox").fill("zeppelin")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".found")).to_contain_text("Nothing found for “zeppelin”.")


def test_what_cannot_be_searched_for_is_told(page: Page, paper):
    daily = paper()
    daily.publish("The ferry is slow.")
    page.goto(daily.frame)
    page.get_by_role("searchbox").fill("…")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#q-fault")).to_contain_text("Please give a word to search for")


def test_a_long_thread_is_read_page_by_page(page: Page, paper):
    daily = paper()
    for number in range(52):
        daily.publish(f"Number {number}.")
    page.goto(daily.frame)
    expect(page.get_by_role("heading", level=1)).to_have_text("Total comments (52)")
    expect(page.locator(".comment")).to_have_count(50)
    page.get_by_role("link", name="Next comments").click()
    expect(page.locator(".comment")).to_have_count(2)
    expect(page.locator("#thread-heading")).to_be_focused()
