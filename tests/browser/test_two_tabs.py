"""One draft in two tabs becomes one comment, and every refusal is told in plain words."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from service.domain.site import CaptchaStrategy, Mode
from service.web.http import problems

pytestmark = pytest.mark.browser

# Words of programs, which no reader should meet.
JARGON = re.compile(r"idempot|token|receipt|\bstore\b|schema|classifier|API|\bkey\b", re.IGNORECASE)
ARRIVED = "This comment had already arrived, perhaps from another tab. It is here only once."


@pytest.fixture
def daily(paper):
    return paper(Mode.PRE, CaptchaStrategy.OFF)


@pytest.fixture
def tabs(page: Page, daily, reader) -> tuple[Page, Page]:
    """Two tabs of one browser with the same draft."""
    page.goto(daily.frame)
    reader(page).fill("A question for the editors.")
    other = page.context.new_page()
    other.goto(daily.frame)
    expect(other.locator("#body")).to_have_value("A question for the editors.")
    return page, other


def test_a_draft_that_two_tabs_send_is_one_comment(tabs, daily, reader, waiting):
    first, second = map(reader, tabs)
    first.send()
    expect(first.own("held")).to_be_visible()
    second.send()
    expect(second.own("held")).to_be_visible()
    expect(second.at.locator(".send .beside")).to_have_text(ARRIVED)
    expect(second.at.locator("#body")).to_have_value("")
    ids = {own.at.locator("[data-own]").first.get_attribute("data-own") for own in (first, second)}
    assert len(ids) == 1
    second.write("Another question.")
    expect(second.at.locator("[data-own]").first).to_contain_text("Another question.")
    expect(second.at.locator(".send .beside")).to_be_empty()


def test_a_draft_that_was_changed_in_the_second_tab_is_another_comment(tabs, reader):
    first, second = map(reader, tabs)
    first.send()
    expect(first.own("held")).to_be_visible()
    second.write("A better question.")
    fault = second.at.locator("#form-fault")
    expect(fault).to_have_text(
        "This form was used for another comment before. Please check it and send it again."
    )
    second.send()
    expect(second.at.locator("[data-own]").first).to_contain_text("A better question.")


def test_a_form_that_is_sent_twice_without_javascript_is_one_comment(plain: Page, daily, reader):
    plain.goto(daily.frame)
    reader(plain).write("A question for the editors.")
    expect(plain.locator("[data-own]")).to_be_visible()
    plain.go_back()
    reader(plain).write("A question for the editors.")
    expect(plain.locator("#said")).to_have_text(ARRIVED)
    expect(plain.locator("[data-own]")).to_have_count(1)


def test_every_refusal_is_told_in_plain_words(page: Page, daily, reader):
    page.goto(daily.frame)
    bo = reader(page)
    told: dict[str, str] = {}
    body: dict[str, object] = {"errors": []}
    page.route(
        "**/comments",
        lambda route: route.fulfill(
            status=body["status"], body=json.dumps(body), content_type="application/json"
        ),
    )
    for status, name, title in problems.PROBLEMS.values():
        if name in DESK or name == "may-be-held":
            continue
        body |= {"type": f"/problems/{name}", "title": title, "status": int(status)}
        bo.write("A question for the editors.")
        expect(page.locator("#form:not([aria-busy])")).to_have_count(1)
        expect(page.locator("#form-fault")).not_to_be_empty()
        told[name] = page.locator("#form-fault").inner_text()
    assert {name: said for name, said in told.items() if JARGON.search(said)} == {}
    assert len(told) > 10


# Problems of the desk and of programs, which no reader's action can cause.
DESK = {
    "appeal-not-found",
    "app-there",
    "changed-meanwhile",
    "invitation-over",
    "key-refused",
    "last-owner",
    "moderator-not-found",
    "not-allowed",
    "not-signed-in",
    "passkey-refused",
    "receipt-refused",
    "scope-missing",
    "stale-status",
    "undo-over",
    "wrong-code",
    "wrong-password",
}


def test_a_browser_that_lost_its_receipts_is_told_so_plainly(page: Page, daily, reader):
    page.goto(daily.frame)
    bo = reader(page)
    bo.write("A question for the editors.")
    own = bo.own("held")
    expect(own).to_be_visible()
    page.evaluate("localStorage.clear()")
    own.get_by_role("link", name="Edit").click()
    expect(own.locator(".beside")).to_have_text(
        "This browser no longer knows that this comment is yours"
    )
