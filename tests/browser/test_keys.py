"""The keys of the desk decide only on the selected card."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

DONE = re.compile("done")


@pytest.fixture
def desk(moderator, paper) -> Page:
    """A desk with three published comments, of which the first is selected."""
    daily = paper()
    for body in ("First.", "Second.", "Third."):
        daily.publish(body)
    page = moderator()
    page.goto(f"{daily.core.public_url}/review/{daily.site.name}?state=approved")
    page.keyboard.press("j")
    expect(card(page, "Third.")).to_be_focused()
    return page


def card(desk: Page, body: str) -> Locator:
    """Find a card by its text."""
    return desk.locator(".card").filter(has_text=body)


def test_what_is_removed_for_good_is_asked_for_each_card(desk: Page):
    for key in ("d", "d", "d"):
        desk.keyboard.press(key)
    expect(card(desk, "Third.")).to_have_class(DONE)
    asked = card(desk, "Second.").get_by_role("button", name="Remove for good")
    expect(asked).to_be_focused()
    expect(desk.locator(".card.done")).to_have_count(1)


def test_another_card_is_asked_for_anew(desk: Page):
    for key in ("d", "j", "d"):
        desk.keyboard.press(key)
    asked = card(desk, "Second.").get_by_role("button", name="Remove for good")
    expect(asked).to_be_focused()
    expect(desk.locator(".card.done")).to_have_count(0)


def test_a_key_that_is_held_down_decides_once(desk: Page):
    for _ in range(3):
        desk.keyboard.down("h")
    desk.keyboard.up("h")
    expect(card(desk, "Second.")).to_be_focused()
    expect(desk.locator(".card.done")).to_have_count(1)


def test_single_letters_can_be_turned_off(desk: Page):
    desk.get_by_role("button", name="Keys").click()
    desk.get_by_label("No single letters as keys").check()
    desk.keyboard.press("Escape")
    desk.reload()
    card(desk, "Third.").focus()
    for key in ("h", "j", "?"):
        desk.keyboard.press(key)
    expect(card(desk, "Third.")).to_be_focused()
    expect(desk.locator(".card.done, dialog[open]")).to_have_count(0)
    desk.get_by_role("button", name="Keys").click()
    desk.get_by_label("No single letters as keys").uncheck()
    desk.keyboard.press("Escape")
    card(desk, "Third.").focus()
    desk.keyboard.press("j")
    expect(card(desk, "Second.")).to_be_focused()
