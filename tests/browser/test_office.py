"""The office pages of the desk in a real browser: policy, appeals, figures."""

import json
import secrets

import pytest
from playwright.sync_api import Page, expect

from service.core import utc_now
from service.desk.account import accounts
from service.domain.decision import Action
from service.domain.moderator import Role
from service.domain.site import Mode
from service.readers.appeal import lodge
from service.store.site import sites
from tests.browser.axe import DESKTOP, PHONE_AT_NIGHT, check
from tests.browser.entrance import desk, enter, office
from tests.past import Past

__all__ = ["enter"]
pytestmark = pytest.mark.browser


@pytest.fixture
def busy(paper):
    """A newspaper with a history."""
    daily = paper(mode=Mode.MACHINE)
    Past(daily.core, daily.site).happen(600, 3)
    return daily


def appeal(daily, body: str, words: str):
    """A comment that a moderator rejected, and its author's appeal."""
    comment = daily.hold(body)
    daily.decide(comment.id, Action.REJECT)
    core, site = daily.core, sites.get(daily.core.redis, daily.site.name)
    receipt = core.signer.receipt(site.name, comment.id)
    lodge(core, site, comment.id, receipt, words)
    return comment


def test_thresholds_are_tried_then_saved(enter, busy):
    page = enter()
    page.goto(office(busy, "policy"))
    level = page.get_by_label("hold from, Hurtful", exact=True)
    page.get_by_label("hold from, Hurtful, as a slider").fill("0.9")
    expect(level).to_have_value("0.9")
    page.get_by_role("button", name="Try on the last 600 comments").click()
    tried = page.locator("#tried")
    expect(tried).to_contain_text("of the last 600 comments")
    expect(tried).to_contain_text("would be published; of these your moderators rejected")
    expect(level).to_have_value("0.9")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved: 1 line changed")
    assert sites.get(busy.core.redis, busy.site.name).policy.thresholds["TOXICITY"].hold == 0.9
    page.get_by_role("link", name="every change").click()
    expect(page.locator(".log")).to_contain_text("0.6 → 0.9")


def test_words_are_tried_on_a_text(enter, paper):
    daily = paper()
    page = enter()
    page.goto(office(daily, "policy"))
    page.get_by_role("textbox", name="Blocked words").fill("boats\n/v[i1]agra/")
    page.get_by_label("Try them on a text").fill("Cheap Boats here")
    page.get_by_role("button", name="Which words match?").click()
    expect(page.locator("#tried mark")).to_have_text("Boats")
    page.get_by_role("textbox", name="Blocked words").fill("/(broken/")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("alert").first).to_contain_text("/(broken/: missing )")
    expect(page.get_by_role("textbox", name="Blocked words")).to_have_value("/(broken/")


def test_of_two_owners_the_second_is_told(enter, paper):
    daily = paper()
    ines, dee = enter(name=f"ines-{secrets.token_hex(3)}"), enter()
    for page in (ines, dee):
        page.goto(office(daily, "policy"))
    ines.get_by_label("Links to strangers allowed").fill("7")
    ines.get_by_role("button", name="Save the policy").click()
    expect(ines.get_by_role("status").first).to_contain_text("Saved")
    dee.get_by_label("Links to strangers allowed").fill("9")
    dee.get_by_role("button", name="Save the policy").click()
    expect(dee.get_by_role("heading", level=1)).to_have_text("Somebody else changed the policy")
    expect(dee.get_by_role("main")).to_contain_text("ines-")
    assert sites.get(daily.core.redis, daily.site.name).policy.max_links == 7


def test_an_appeal_is_upheld_and_readers_see_the_comment(enter, paper, contexts):
    daily = paper()
    comment = appeal(daily, "I only asked who pays.", "Please look again, I insulted nobody.")
    page = enter()
    page.goto(office(daily, "appeals"))
    card = page.locator(f"#comment-{comment.id}")
    expect(card).to_contain_text("I only asked who pays.")
    expect(card).to_contain_text("Decided by tester")
    expect(card).to_contain_text("Please look again")
    card.get_by_label("Your answer").fill("You are right; it stands now.")
    card.get_by_role("button", name="Uphold and publish").click()
    expect(page.get_by_role("status")).to_contain_text("Upheld")
    expect(page.get_by_text("No appeal waits")).to_be_visible()
    reader = contexts().new_page()
    reader.goto(daily.frame)
    expect(reader.get_by_text("I only asked who pays.")).to_be_visible()
    page.goto(office(daily, "log?what=appeal"))
    expect(page.locator(".log")).to_contain_text("appeal upheld")


def test_who_decided_himself_is_warned(enter, paper, running):
    daily = paper()
    comment = appeal(daily, "Once more.", "Why?")
    page = enter(name="tester")
    page.goto(office(daily, "appeals"))
    expect(page.locator(f"#comment-{comment.id}")).to_contain_text("You decided this yourself")
    accounts.remove(running.core, "tester")


def test_an_answer_without_words_keeps_the_page(enter, paper):
    daily = paper()
    comment = appeal(daily, "Once more.", "Why?")
    page = enter()
    page.goto(office(daily, "appeals"))
    card = page.locator(f"#comment-{comment.id}")
    card.get_by_label("Your answer").fill("\u200b ")
    card.get_by_role("button", name="Decline").click()
    expect(card.get_by_role("alert")).not_to_be_empty()


def test_the_dashboard_and_the_report_show_the_same_past(enter, busy):
    page = enter()
    page.goto(office(busy, "dashboard"))
    expect(page.locator(".figures")).to_contain_text("600")
    page.locator("figure summary").first.click()
    assert page.locator("figure").first.locator("tbody tr").count() == 7
    expect(page.get_by_role("heading", name="Decisions of each moderator")).to_be_visible()
    today = utc_now().date()
    page.goto(office(busy, f"report?from={today.replace(year=today.year - 1)}&to={today}"))
    expect(page.locator(".figures")).to_contain_text("600")
    given = page.request.get(office(busy, f"report.json?from={today.year - 1}-12-01&to={today}"))
    assert json.loads(given.text())["comments"] == 600
    other = enter(Role.MODERATOR)
    other.goto(office(busy, "dashboard"))
    expect(other.get_by_role("heading", name="Decisions of each moderator")).to_have_count(0)


def test_the_log_is_filtered_and_taken_along(enter, busy):
    page = enter()
    page.goto(office(busy, "log"))
    page.get_by_label("Who").fill("jonas")
    page.get_by_role("button", name="Find").click()
    for cell in page.locator(".log tbody td:nth-child(2)").all_text_contents():
        assert cell == "jonas"
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "at,what,who,about,old,new,why"
    assert all(",jonas," in line for line in lines[1:])


def test_the_office_works_without_javascript(enter, contexts, busy):
    page = enter(at=contexts(java_script_enabled=False).new_page())
    page.goto(office(busy, "policy"))
    page.get_by_label("hold from, Hurtful", exact=True).fill("0.9")
    page.get_by_role("button", name="Try on the last").click()
    expect(page.locator("#tried")).to_contain_text("would be published")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved")


@pytest.mark.parametrize("seen", [DESKTOP, PHONE_AT_NIGHT], ids=["desktop", "phone at night"])
def test_axe_has_nothing_to_object_to(enter, contexts, busy, seen):
    appeal(busy, "I only asked who pays.", "Please look again.")
    page = enter(at=contexts(**seen, bypass_csp=True).new_page())
    for path in ("appeals", "dashboard?period=24h", "log", "report", "alerts"):
        page.goto(office(busy, path))
        unfold(page)
        check(page)
    page.goto(office(busy, "policy"))
    unfold(page)
    page.get_by_label("hold from, Hurtful", exact=True).fill("0.9")
    page.get_by_role("button", name="Try on the last").click()
    expect(page.locator("#tried")).to_be_visible()
    check(page)
    page.goto(desk(busy, "account"))
    check(page)
    page.goto(desk(busy, "people"))
    page.locator("summary").first.click()
    check(page)


def test_axe_has_nothing_to_object_to_in_what_is_wrong_or_only_read(enter, contexts, busy):
    appeal(busy, "I only asked who pays.", "Please look again.")
    page = enter(at=contexts(**PHONE_AT_NIGHT, bypass_csp=True).new_page())
    page.goto(office(busy, "policy"))
    page.get_by_label("Links to strangers allowed").fill("many")
    page.get_by_role("button", name="Save the policy").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    check(page)
    analyst = enter(Role.ANALYST, at=contexts(**DESKTOP, bypass_csp=True).new_page())
    for path in ("policy", "appeals"):
        analyst.goto(office(busy, path))
        check(analyst)


def unfold(page: Page) -> None:
    """Open the first two of what is folded on a page."""
    for details in page.locator("summary").all()[:2]:
        details.click()
