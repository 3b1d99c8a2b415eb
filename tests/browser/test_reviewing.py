"""A moderator works at the review desk."""

import re

import pytest
from playwright.sync_api import Page, expect

from service.domain.decision import Action
from service.domain.moderator import Role
from tests.browser.calls import NOTE_WHAT_IS_KEPT_ALIVE

pytestmark = pytest.mark.browser


def queue(daily, state: str = "held") -> str:
    return f"{daily.core.public_url}/review/{daily.site.name}?state={state}"


def test_the_printed_link_opens_the_desk_once(page: Page, running):
    page.goto(running.setup_link)
    expect(page.get_by_role("main")).to_contain_text("owner")
    page.get_by_label("Password").fill("four good words here")
    page.get_by_role("button", name="Open the review desk").click()
    expect(page).to_have_url(re.compile(f"^{running.url}/review/[^/]*$"))
    page.goto(running.setup_link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link was used or is too old")
    page.goto(f"{running.url}/review/demo")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{running.url}/review/demo?state=flagged")
    page.get_by_label("Name").fill("owner")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Password").fill("four good words here")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{running.url}/review/demo?state=flagged")


def test_an_approved_comment_is_there_for_readers(moderator, paper, contexts):
    daily = paper()
    comment = daily.hold("Please let me in.", name="Ada")
    desk = moderator()
    desk.goto(queue(daily))
    card = desk.locator(f"#comment-{comment.id}")
    expect(card).to_contain_text("Please let me in.")
    expect(desk.get_by_role("link", name="Held")).to_contain_text("1")
    card.get_by_role("button", name="Approve").click()
    expect(desk.get_by_role("status")).to_contain_text("Approved")
    expect(card).to_have_class(re.compile("done"))
    expect(desk.locator("[data-count=held]")).to_have_text("0")
    reader = contexts().new_page()
    reader.goto(daily.frame)
    expect(reader.locator(".turns")).to_contain_text("Please let me in.")


def test_a_rejected_comment_keeps_its_reason(moderator, paper):
    daily = paper()
    comment = daily.hold("Buy my boat.")
    desk = moderator()
    desk.goto(queue(daily))
    card = desk.locator(f"#comment-{comment.id}")
    card.get_by_placeholder("In your own words").fill("Advertising")
    with desk.expect_response("**/decision"):
        card.get_by_role("button", name="Reject").click()
    expect(desk.get_by_role("status")).to_contain_text("Rejected")
    desk.goto(queue(daily, "rejected"))
    card.get_by_text("History").click()
    expect(card).to_contain_text("held → rejected")
    expect(card).to_contain_text("Advertising")


def test_a_decision_outlives_its_page(moderator, paper):
    daily = paper()
    comment = daily.hold("Buy my boat.")
    desk = moderator()
    # A browser drops what a page has not sent yet when the page is left, unless it is kept alive.
    desk.add_init_script(NOTE_WHAT_IS_KEPT_ALIVE)
    desk.goto(queue(daily))
    with desk.expect_response("**/decision"):
        desk.locator(f"#comment-{comment.id}").get_by_role("button", name="Reject").click()
    with desk.expect_response("**/undo"):
        desk.keyboard.press("u")
    kept_alive = desk.evaluate("window.keptAlive")
    assert [url.rpartition("/")[2] for url in kept_alive] == ["decision", "undo"]


def test_an_approved_comment_can_be_removed(moderator, paper):
    daily = paper()
    comment = daily.publish("On second thoughts.")
    desk = moderator()
    desk.goto(queue(daily, "approved"))
    desk.locator(f"#comment-{comment.id}").get_by_role("button", name="Remove for good").click()
    expect(desk.get_by_role("status")).to_contain_text("Removed")


def test_who_comes_second_is_told_who_was_first(moderator, paper):
    daily = paper()
    comment = daily.hold("Two people look at me.")
    desk = moderator()
    desk.goto(queue(daily))
    daily.decide(comment.id, Action.REJECT)
    card = desk.locator(f"#comment-{comment.id}")
    card.get_by_role("button", name="Approve").click()
    expect(desk.get_by_role("status")).to_contain_text("Already rejected by tester just now")
    expect(card).to_contain_text("Your decision was not carried out.")
    expect(card).to_contain_text("Two people look at me.")


def test_without_javascript_a_page_tells_who_was_first(moderator, paper, contexts):
    daily = paper()
    comment = daily.hold("Two people look at me.")
    desk = moderator(at=contexts(java_script_enabled=False).new_page())
    desk.goto(queue(daily))
    daily.decide(comment.id, Action.REJECT)
    desk.locator(f"#comment-{comment.id}").get_by_role("button", name="Approve").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Somebody else decided first")
    expect(desk.get_by_role("main")).to_contain_text("was rejected by tester, just now")
    desk.get_by_role("link", name="Back to the queue").click()
    expect(desk.get_by_text("Everything has been decided.")).to_be_visible()


def test_keys_decide(moderator, paper):
    daily = paper()
    daily.hold("First.")
    second = daily.hold("Second.")
    desk = moderator()
    desk.goto(queue(daily))
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(desk.locator(f"#comment-{second.id}")).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.get_by_role("status")).to_contain_text("Approved")
    first = desk.locator(".card:not(.done)")
    expect(first).to_contain_text("First.")
    expect(first).to_be_focused()
    desk.keyboard.press("u")
    expect(desk.locator(f"#comment-{second.id}")).to_be_focused()
    expect(desk.locator("[data-count=held]")).to_have_text("2")


def test_an_analyst_only_looks(moderator, paper):
    daily = paper()
    comment = daily.hold("Look at me.")
    desk = moderator(Role.ANALYST)
    desk.goto(queue(daily))
    card = desk.locator(f"#comment-{comment.id}")
    expect(card).to_contain_text("Look at me.")
    expect(card.get_by_role("button")).to_have_count(0)
    answer = desk.request.post(
        f"{daily.core.public_url}/review/{daily.site.name}/comments/{comment.id}/decision",
        form={"action": "approve", "seen": "held"},
        headers={"Origin": daily.core.public_url},
    )
    assert answer.status == 403


def test_a_stranger_is_asked_to_sign_in_and_led_nowhere_else(page: Page, running):
    page.goto(f"{running.url}/review/demo?state=held")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to review")
    for elsewhere in ("https://evil.example/", "//evil.example/", "/review//evil.example"):
        page.goto(f"{running.url}/review/sign-in?next={elsewhere}")
        expect(page.locator("input[name=next]").first).to_have_value("/review/")


@pytest.mark.parametrize("path", ["sign-in", "sign-out", "welcome/x", "demo/comments/x/decision"])
def test_a_forged_form_is_refused(page: Page, running, path: str):
    elsewhere = {"Origin": "https://evil.example"}
    answer = page.request.post(f"{running.url}/review/{path}", form={}, headers=elsewhere)
    assert answer.status == 403


def test_the_desk_works_without_javascript(contexts, moderator, paper):
    daily = paper()
    comment = daily.hold("Please let me in.")
    desk = moderator(at=contexts(java_script_enabled=False).new_page())
    desk.goto(queue(daily))
    desk.locator(f"#comment-{comment.id}").get_by_role("button", name="Approve").click()
    expect(desk.get_by_role("status")).to_contain_text("Approved")
