"""A reader reports a comment, in the list and on a separate page."""

import re

import pytest
from playwright.sync_api import Page, expect

from service.domain.flag import FlagReason
from service.store.people import flags

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def any_page(request: pytest.FixtureRequest, contexts) -> Page:
    return contexts(java_script_enabled=request.param).new_page()


def report(page: Page, daily):
    """Open the form of a comment that is already listed."""
    comment = daily.publish("Buy my boats.", name="Eve")
    page.goto(daily.frame)
    page.locator(f"#comment-{comment.id}").get_by_role("button", name="Report the comment").click()
    expect(page.locator("#part-heading")).to_have_text("Report the comment by Eve")
    return comment


def test_a_report_has_a_reference(any_page: Page, paper):
    daily = paper()
    comment = report(any_page, daily)
    expect(any_page.locator(".notice-fields")).to_be_hidden()
    any_page.get_by_label("It is advertising").check()
    any_page.locator("#note-flag").fill("They say so every day.")
    any_page.get_by_role("button", name="Send the report").click()
    expect(any_page.locator("[data-done]")).to_contain_text("Its reference is")
    [kept] = flags.of_comment(daily.core.at(daily.site.name), comment.id)
    assert (kept.reason, kept.note) == (FlagReason.SPAM, "They say so every day.")


def test_a_report_without_a_reason_is_asked_for_one(any_page: Page, paper):
    report(any_page, paper())
    any_page.get_by_role("button", name="Send the report").click()
    expect(any_page.locator("#reason-fault")).to_have_text("Please choose a reason.")


def test_illegal_content_takes_what_the_law_asks_for(any_page: Page, paper):
    daily = paper()
    comment = report(any_page, daily)
    any_page.get_by_label("It is illegal").check()
    expect(any_page.locator("#place-flag")).to_have_value(f"{daily.article}#comment-{comment.id}")
    any_page.get_by_role("button", name="Send the report").click()
    for field in ("note-flag", "name-flag", "email-flag", "good_faith"):
        expect(any_page.locator(f"#{field}-fault")).not_to_be_empty()
    any_page.locator("#note-flag").fill("It offers what may not be sold.")
    any_page.locator("#name-flag").fill("Cai")
    any_page.locator("#email-flag").fill("cai@example.org")
    any_page.get_by_label("in good faith").check()
    any_page.get_by_role("button", name="Send the report").click()
    expect(any_page.locator("[data-done]")).to_be_visible()
    [kept] = flags.of_comment(daily.core.at(daily.site.name), comment.id)
    assert (kept.notice.name, kept.notice.good_faith) == ("Cai", True)


def test_a_report_that_cannot_be_stored_is_not_lost(any_page: Page, paper):
    daily = paper()
    comment = report(any_page, daily)
    any_page.get_by_label("It is advertising").check()
    any_page.locator("#note-flag").fill("They say so every day.")
    daily.core.redis.config_set("maxmemory", "1")
    try:
        any_page.get_by_role("button", name="Send the report").click()
        expect(any_page.get_by_text("Comments are away for the moment").first).to_be_visible()
        expect(any_page.locator("textarea[name=note]")).to_have_value("They say so every day.")
    finally:
        daily.core.redis.config_set("maxmemory", "0")
    any_page.get_by_role("button", name=re.compile("Send (the report|it again)")).click()
    expect(any_page.locator("[data-done]")).to_contain_text("Its reference is")
    [kept] = flags.of_comment(daily.core.at(daily.site.name), comment.id)
    assert kept.note == "They say so every day."
