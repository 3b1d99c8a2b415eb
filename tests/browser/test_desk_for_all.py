"""The desk in all its states is accessible: axe-core finds no violation."""

import pytest
from playwright.sync_api import Page, expect

from service.store.comments import comments
from tests.browser.axe import DESKTOP, PHONE_AT_NIGHT, check

pytestmark = pytest.mark.browser


@pytest.fixture(params=[DESKTOP, PHONE_AT_NIGHT], ids=["desktop", "phone at night"])
def seen(request, contexts) -> Page:
    # The policy of our pages would block axe, which is a script.
    return contexts(**request.param, bypass_csp=True).new_page()


def test_nothing_keeps_anybody_from_the_desk(seen: Page, moderator, paper, waiting):
    daily = paper()
    record = daily.core.at(daily.site.name)
    for name, body in (("Grumpy", "You stupid fool and idiot."), ("عادل", "Is this true?")):
        id_ = daily.submit(body, name=name).id
        waiting("a verdict", lambda id_=id_: comments.get(record, id_).scores)
    desk = moderator(at=seen)
    there = f"{daily.core.public_url}/review/{daily.site.name}"
    desk.goto(there)
    expect(desk.locator("mark").first).to_be_visible()
    check(desk)  # a queue with marked words

    desk.locator(".card details.more summary").first.click()
    desk.locator(".card .pick").first.check()
    check(desk)  # the tools are open, a card is selected

    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_visible()
    check(desk)  # the keys
    desk.keyboard.press("Escape")

    desk.locator(".card [data-drawer]").first.click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    check(desk)  # an author's drawer
    desk.keyboard.press("Escape")

    desk.locator(".card").first.focus()
    desk.keyboard.press("Shift+R")
    expect(desk.get_by_role("dialog")).to_be_visible()
    check(desk)  # the reasons
    desk.keyboard.press("1")
    expect(desk.locator(".strip")).to_be_visible()
    check(desk)  # a card is decided

    desk.goto(f"{there}/bulk?state=held")
    check(desk)  # one decision on several
    desk.goto(f"{there}?state=rejected")
    desk.locator(".when").first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("One comment")
    check(desk)  # the page of a single card
    desk.locator(".card [data-drawer]").click()
    check(desk)  # an author's page
