"""Every state of writing is accessible (axe-core): light and dark, wide and narrow, RTL too."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from service.desk.queue import decisions
from service.domain.decision import Action, Seen
from service.domain.moderator import Moderator, Role
from service.domain.site import CaptchaStrategy, Mode
from service.readers import appeal
from service.store.comments import comments
from service.store.site import sites
from tests.browser.axe import DESKTOP, PHONE_AT_NIGHT, check

pytestmark = pytest.mark.browser

INES = Moderator(name="ines", role=Role.OWNER)


@pytest.fixture(params=[DESKTOP, PHONE_AT_NIGHT], ids=["desktop", "phone at night"])
def seen(request: pytest.FixtureRequest, contexts: Callable[..., BrowserContext]) -> Page:
    return contexts(**request.param, bypass_csp=True).new_page()


def refuse(daily, comment: str) -> None:
    record = daily.core.at(daily.site.name)
    status = Seen(comments.get(record, comment).status)
    why = "Off the subject."
    decisions.decide(daily.core, daily.site, INES, comment, Action.REJECT, seen=status, reason=why)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_ones_own_comment_in_all_its_states(seen: Page, paper, reader, lang):
    daily = paper(Mode.PRE, CaptchaStrategy.OFF)
    seen.goto(f"{daily.frame}&lang={lang}")
    bo = reader(seen)
    bo.write("A question for the editors.")
    expect(bo.own("held")).to_be_visible()
    expect(bo.own("held")).to_be_focused()
    check(seen)  # it waits

    seen.locator("a[data-part]").first.click()
    check(seen)  # before editing
    seen.locator("#body-edit").fill(" ")
    seen.locator("section[data-part] .main").click()
    expect(seen.locator("#body-edit")).to_be_focused()
    check(seen)  # edited, with an error
    seen.locator("section[data-part] [data-close]").click()
    seen.locator("[data-own] > .acts a[data-part]").nth(1).click()
    seen.locator(".part form:not(:has(textarea))").wait_for()
    check(seen)  # before withdrawing

    comment = str(bo.own("held").get_attribute("data-own"))
    refuse(daily, comment)
    seen.reload()
    expect(bo.own("rejected")).to_be_visible()
    check(seen)  # rejected, with reasons
    seen.locator("[data-own] a[data-part]").click()
    seen.locator("section[data-part] .main").click()
    expect(seen.locator("#text-appeal")).to_be_focused()
    check(seen)  # an appeal without words
    seen.locator("#text-appeal").fill("It is about the tram.")
    seen.locator("section[data-part] .main").click()
    expect(seen.locator(".appeal-open")).to_be_visible()
    check(seen)  # appealed

    appeal.answer(daily.core, daily.site, INES, comment, upheld=False, words="It is not.")
    seen.locator("#all-mine").click()
    expect(seen.locator(".appeal-declined")).to_be_visible()
    check(seen)  # all own comments


def test_the_form_where_the_machine_is_careful(seen: Page, paper, reader):
    daily = paper(Mode.PRE, CaptchaStrategy.ADAPTIVE)
    site = replace(daily.site, policy=replace(daily.site.policy, nudge=True))
    sites.put(daily.core.redis, site)
    seen.goto(daily.frame)
    bo = reader(seen)
    bo.write("You are a stupid idiot, and everybody knows it.")
    expect(seen.locator("#nudge")).to_be_focused()
    check(seen)  # a nudge
    seen.get_by_role("button", name="Change my words").click()
    expect(seen.locator("#body")).to_be_focused()
    bo.write("See https://boats.example for boats.")
    expect(seen.locator("#answer")).to_be_focused()
    check(seen)  # the picture that now appears
    seen.get_by_role("button", name="Hear the code").click()
    check(seen)  # the audio of the code


def test_a_report(seen: Page, paper):
    daily = paper()
    daily.publish("Buy my boats.", name="Eve")
    seen.goto(daily.frame)
    seen.get_by_role("button", name="Report the comment").click()
    expect(seen.locator("#part-heading")).to_be_focused()
    check(seen)  # the form
    seen.get_by_label("It is illegal").check()
    seen.get_by_role("button", name="Send the report").click()
    expect(seen.locator("#note-flag")).to_be_focused()
    check(seen)  # an empty notice
    seen.get_by_label("It is advertising").check()
    seen.get_by_role("button", name="Send the report").click()
    expect(seen.locator("[data-done]")).to_be_visible()
    check(seen)  # thanks


@pytest.mark.parametrize("what", ["edit", "withdraw"])
def test_the_small_forms_without_javascript(contexts, paper, reader, what):
    plain = contexts(java_script_enabled=False).new_page()
    daily = paper(Mode.PRE, CaptchaStrategy.OFF)
    plain.goto(daily.frame)
    reader(plain).write("A question for the editors.")
    comment = plain.locator("[data-own]").get_attribute("data-own")
    plain.goto(f"{daily.core.public_url}/frame/{daily.site.name}/comments/{comment}/{what}")
    html = plain.content().replace("/assets/", "about:blank#")
    looked = contexts(bypass_csp=True).new_page()
    looked.set_content(html)
    check(looked)
