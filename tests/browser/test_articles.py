"""The page of an article at the desk, and what readers see of its state, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import DESKTOP, PHONE_AT_NIGHT, check
from tests.browser.entrance import enter, office

__all__ = ["enter"]
pytestmark = pytest.mark.browser


def test_an_article_is_named_closed_and_moved_at_the_desk(enter, paper, page, plain):
    daily = paper()
    daily.publish("A lovely bridge.")
    desk = enter()
    desk.goto(office(daily, "articles"))
    desk.get_by_label("Its address").fill(daily.article)
    desk.get_by_role("button", name="Show").click()
    desk.get_by_label("Title", exact=True).fill("The bridge opens")
    desk.get_by_label("Closed").check()
    desk.get_by_role("button", name="Keep").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("The bridge opens")
    expect(desk.get_by_label("Closed")).to_be_checked()
    for reader in (page, plain):
        reader.goto(daily.frame)
        expect(reader.locator("#write")).to_have_text("Comments on this article are closed.")
        expect(reader.locator(".turns")).to_contain_text("A lovely bridge.")
        expect(reader.get_by_role("textbox", name="Comment", exact=True)).to_have_count(0)
        expect(reader.locator("button[name=reply]")).to_have_count(0)
    desk.get_by_label("New address").fill(f"{daily.article}-2")
    desk.get_by_role("button", name="Move").click()
    expect(desk.get_by_role("status").first).to_contain_text("Moved")
    page.goto(daily.frame)
    expect(page.locator(".turns .when").first).to_have_attribute(
        "href", re.compile(re.escape(f"{daily.article}-2#comment-"))
    )


@pytest.mark.parametrize("device", [DESKTOP, PHONE_AT_NIGHT], ids=["desktop", "phone"])
def test_the_page_of_an_article_is_for_everybody(enter, contexts, paper, device):
    daily = paper()
    daily.hold("Something.")
    # The policy of our pages would block axe, which is a script.
    desk = enter(at=contexts(**device, bypass_csp=True).new_page())
    for path in ("articles", f"articles?thread={daily.article}", "articles?thread=nowhere"):
        desk.goto(office(daily, path))
        check(desk)
