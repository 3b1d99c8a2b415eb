"""An author edits, withdraws, reads the reasons and appeals; JavaScript on and off."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from service.desk.queue import decisions
from service.domain.decision import Action, Seen
from service.domain.moderator import Moderator, Role
from service.domain.site import CaptchaStrategy, Mode
from service.readers import appeal
from service.store.comments import comments
from service.store.site import sites

pytestmark = pytest.mark.browser

INES = Moderator(name="ines", role=Role.OWNER)
A_MINUTE = 60_000
EDITED = "A better question for the editors."


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def any_page(request: pytest.FixtureRequest, contexts) -> Page:
    return contexts(java_script_enabled=request.param).new_page()


@pytest.fixture
def daily(paper):
    return paper(Mode.PRE, CaptchaStrategy.OFF)


@pytest.fixture
def arrive(daily, reader, waiting):
    """Write a comment and wait until the worker has held it."""

    def arrive(page: Page, body: str = "A question for the editors.") -> str:
        page.goto(daily.frame)
        reader(page).write(body)
        return held(page)

    def held(page: Page) -> str:
        own = page.locator("[data-own]").first
        expect(own).to_be_visible()
        id_ = str(own.get_attribute("data-own"))
        record = daily.core.at(daily.site.name)
        waiting("verdict", lambda: comments.get(record, id_).status == "held")
        page.goto(daily.frame)
        expect(reader(page).own("held")).to_be_visible()
        return id_

    return arrive


def refuse(daily, comment: str, why: str = "") -> None:
    """Reject a comment as another moderator."""
    seen = comments.get(daily.core.at(daily.site.name), comment).status
    decisions.decide(
        daily.core, daily.site, INES, comment, Action.REJECT, seen=Seen(seen), reason=why
    )


def test_an_author_edits_his_comment(any_page: Page, daily, arrive):
    comment = arrive(any_page)
    any_page.get_by_role("link", name="Edit").click()
    field = any_page.locator("#body-edit")
    expect(field).to_have_value("A question for the editors.")
    field.fill("")
    any_page.get_by_role("button", name="Save").click()
    expect(any_page.locator("#body-edit-fault")).to_contain_text("Please write something")
    any_page.locator("#body-edit").fill(EDITED)
    any_page.get_by_role("button", name="Save").click()
    expect(any_page.locator(f'[data-own="{comment}"]')).to_contain_text(EDITED)
    stored = comments.get(daily.core.at(daily.site.name), comment)
    assert (stored.body, stored.revision) == (EDITED, 1)


def test_an_author_withdraws_his_comment(any_page: Page, arrive):
    comment = arrive(any_page)
    any_page.get_by_role("link", name="Withdraw").click()
    expect(any_page.locator(".part")).to_contain_text("it cannot be brought back")
    any_page.get_by_role("button", name="Yes, withdraw it").click()
    own = any_page.locator(f'[data-own="{comment}"]')
    expect(own).to_contain_text("You have withdrawn your comment.")
    expect(own.get_by_role("link", name="Edit")).to_have_count(0)


def test_how_much_time_is_left_is_told_and_then_the_buttons_go(page: Page, daily, arrive):
    page.clock.install()
    arrive(page)
    own = page.locator("[data-own]")
    expect(own).to_contain_text("Time left to change it: 5 minutes")
    # The clock goes on by itself too: half a minute more or less changes nothing here.
    page.clock.fast_forward(270_000)
    expect(own).to_contain_text("seconds")
    page.clock.fast_forward(A_MINUTE)
    expect(own.get_by_role("link", name="Edit")).to_have_count(0)


def test_a_decision_that_came_first_is_told_and_nothing_is_lost(any_page: Page, daily, arrive):
    comment = arrive(any_page)
    any_page.get_by_role("link", name="Edit").click()
    any_page.locator("#body-edit").fill(EDITED)
    refuse(daily, comment)
    any_page.get_by_role("button", name="Save").click()
    notice = any_page.locator("section[data-part]")
    expect(notice).to_contain_text("Somebody else decided first")
    expect(notice).to_contain_text("Your comment was not published.")


def test_a_refusal_is_explained_and_takes_an_appeal(any_page: Page, daily, arrive, reader):
    comment = arrive(any_page)
    refuse(daily, comment, "Please stay with the subject.")
    any_page.goto(daily.frame)
    own = reader(any_page).own("rejected")
    expect(own).to_contain_text("a moderator")
    expect(own).to_contain_text("Please stay with the subject.")
    any_page.get_by_role("link", name="Appeal against this decision").click()
    any_page.get_by_role("button", name="Send the appeal").click()
    expect(any_page.locator("#text-appeal-fault")).not_to_be_empty()
    any_page.locator("#text-appeal").fill("It is about the tram.")
    any_page.get_by_role("button", name="Send the appeal").click()
    expect(any_page.locator(".appeal-open")).to_contain_text("You have appealed.")

    words = "You are right, it is."
    appeal.answer(daily.core, daily.site, INES, comment, upheld=True, words=words)
    any_page.goto(daily.frame)
    any_page.get_by_role("link", name="Your comments").click()
    expect(any_page.locator(".appeal-upheld")).to_contain_text(words)
    expect(reader(any_page).own("approved")).to_be_visible()
    any_page.get_by_role("link", name="Show it among the others").click()
    expect(any_page.locator(f"#comment-{comment}")).to_contain_text("A question for the editors.")


def test_small_forms_are_opened_and_closed_by_keyboard(page: Page, arrive):
    arrive(page)
    edit = page.get_by_role("link", name="Edit")
    edit.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#part-heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("section[data-part]")).to_have_count(0)
    expect(edit).to_be_focused()


def test_a_harsh_comment_may_be_rephrased_or_sent_as_it_is(any_page: Page, paper, reader):
    daily = paper(Mode.PRE, CaptchaStrategy.OFF)
    site = replace(daily.site, policy=replace(daily.site.policy, nudge=True))
    sites.put(daily.core.redis, site)
    any_page.goto(daily.frame)
    bo = reader(any_page)
    bo.write("You are a stupid idiot, and everybody knows it.")
    nudge = any_page.locator("#nudge")
    expect(nudge).to_contain_text("Do you want to rephrase it?")
    expect(any_page.locator("#body")).to_have_value(
        "You are a stupid idiot, and everybody knows it."
    )
    assert not daily.core.redis.exists(daily.core.at(site.name).keys.unjudged())
    any_page.get_by_role("button", name="Send it as it is").click()
    expect(any_page.locator("[data-own]")).to_contain_text("everybody knows it")


def test_a_calm_comment_is_not_nudged(any_page: Page, paper, reader):
    daily = paper(Mode.PRE, CaptchaStrategy.OFF)
    site = replace(daily.site, policy=replace(daily.site.policy, nudge=True))
    sites.put(daily.core.redis, site)
    any_page.goto(daily.frame)
    reader(any_page).write("The old bridge is lovely in spring.")
    expect(any_page.locator("[data-own]")).to_be_visible()


def test_a_picture_is_asked_for_in_place_where_something_is_suspicious(page: Page, paper, reader):
    page.goto(paper(Mode.PRE, CaptchaStrategy.ADAPTIVE).frame)
    expect(page.locator("#code")).to_have_count(0)
    bo = reader(page)
    bo.write("See https://boats.example for boats.")
    expect(page.locator("#answer-fault")).to_contain_text("One more step, please")
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#body")).to_have_value("See https://boats.example for boats.")
    expect(page.locator("#name")).to_have_value("Bo")
    assert page.locator("#picture").evaluate("async (img) => { await img.decode(); return true; }")
    page.locator("#answer").fill(bo.code())
    bo.send()
    expect(page.locator("[data-own]")).to_be_visible()
    expect(page.locator("#code")).to_have_count(0)


def test_where_nothing_is_suspicious_silent_work_is_enough(page: Page, paper, reader):
    page.goto(paper(Mode.PRE, CaptchaStrategy.ADAPTIVE).frame)
    reader(page).write("The old bridge is lovely in spring.")
    expect(page.locator("[data-own]")).to_be_visible()
    expect(page.locator("#code")).to_have_count(0)


def test_what_is_much_too_long_is_told_and_kept(page: Page, daily, reader):
    page.goto(daily.frame)
    bo = reader(page)
    bo.write("long " * 20_000)
    expect(page.locator("#form-fault")).to_contain_text("This is much too long.")
    assert len(page.locator("#body").input_value()) == 100_000
    bo.write("x" * 6000)
    expect(page.locator("#body-fault")).to_have_text("At most 5000 characters; this has 6000.")


def test_a_name_of_the_newsroom_is_refused(any_page: Page, daily, reader):
    any_page.goto(daily.frame)
    reader(any_page).write("Believe me.", name="Mоderator")
    expect(any_page.locator("#name-fault")).to_contain_text("kept for the newsroom")
    expect(any_page.locator("#body")).to_have_value("Believe me.")


def test_an_answer_to_what_vanished_is_told(any_page: Page, daily, reader):
    first = daily.publish("Who pays for it?")
    any_page.goto(daily.frame)
    any_page.locator(f"#comment-{first.id}").get_by_role("link", name="Reply").click()
    refuse(daily, first.id)
    reader(any_page).write("We do.")
    expect(any_page.locator("#parent-fault")).to_contain_text("is not here (any more)")
    any_page.get_by_role("link", name="Do not answer anybody").click()
    reader(any_page).write("We do.")
    expect(any_page.locator("[data-own]")).to_contain_text("We do.")


def test_odd_texts_leave_the_page_whole(any_page: Page, daily):
    odd = ["x" * 5000, "\u202egnp.exe", "Z" + "\u0335" * 300, "javascript:alert(1)", "<img src=x>"]
    made = [daily.publish(text, name="\u202eeve<b>" + "\u0301" * 50) for text in odd]
    any_page.goto(daily.frame)
    for comment in made:
        expect(any_page.locator(f"#comment-{comment.id} .text")).to_be_visible()
    assert any_page.locator(".turns img, .turns .text a").count() == 0
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not any_page.evaluate(wide)
    box = any_page.locator(f"#comment-{made[2].id} .text").bounding_box()
    assert box["height"] < 60


def test_under_an_article_too(any_page: Page, running, ferry_post, reader, waiting):
    any_page.goto(f"{running.demo_url}library-seeds")
    any_page.locator("#comments").scroll_into_view_if_needed()
    frame = any_page.frame_locator("iframe[title=Comments]")
    reader(frame).write("I have sown beans there, and they came up.")
    own = frame.locator("[data-own]").first
    expect(own).to_be_visible()
    if frame.locator("html.enhanced").count():
        # The machine's decision replaces the card, including its buttons.
        expect(own).not_to_have_attribute("data-status", "pending")
    comment = str(own.get_attribute("data-own"))
    # By key, since the page may still be scrolling and would move away under a mouse.
    own.get_by_role("link", name="Edit").press("Enter")
    frame.locator("#body-edit").fill("I have sown peas there, and they came up.")
    frame.get_by_role("button", name="Save").press("Enter")
    record = ferry_post.core.at(ferry_post.site.name)
    waiting(
        "the edit",
        lambda: "peas" in comments.get(record, comment).body,
    )
    expect(frame.locator(f'[data-own="{comment}"]')).to_contain_text("Thank you.")
