"""The whole journey without JavaScript, in the frame under the demo article."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from service.domain.decision import Action
from service.domain.site import CaptchaStrategy, Mode

pytestmark = pytest.mark.browser


def look_again(page: Page, frame: FrameLocator) -> str | None:
    """Press "Look again" as a reader and return the current state of their comment."""
    with page.expect_event("framenavigated"):
        frame.get_by_role("link", name="Look again").click()
    return frame.locator("[data-own]").get_attribute("data-status")


def test_the_whole_journey_under_an_article(plain: Page, running, ferry_post, reader, waiting):
    plain.goto(f"{running.demo_url}night-market")
    frame = plain.frame_locator("iframe[title=Comments]")
    bo = reader(frame)
    heading = frame.get_by_role("heading", level=1)
    total = int("".join(filter(str.isdigit, heading.inner_text())))

    ups = bo.votes().locator("[data-way=up] .number")
    before = int(ups.inner_text())
    bo.votes().locator("[data-way=up]").click()
    expect(frame.locator("#said")).to_have_text("Your vote is counted.")
    expect(bo.votes().locator("[data-way=up]")).to_have_attribute("aria-pressed", "true")
    expect(ups).to_have_text(str(before + 1))
    bo.votes().locator("[data-way=up]").click()
    expect(frame.locator("#said")).to_have_text("Your vote is withdrawn.")

    bo.write("The dumplings are worth every minute.", answer="22222")
    expect(frame.locator("#answer-fault")).to_have_text("The code is not the one in the picture.")
    expect(frame.locator("#body")).to_have_value("The dumplings are worth every minute.")
    expect(frame.locator("#name")).to_have_value("Bo")

    frame.get_by_role("button", name="Another code").click()
    expect(frame.locator("#answer-fault")).to_be_empty()
    expect(frame.locator("#body")).to_have_value("The dumplings are worth every minute.")
    frame.locator("#answer").fill(bo.code())
    waiting("a person's pace", bo.is_patient)
    frame.locator("#answer").press("Enter")
    expect(frame.locator("[data-own]")).to_contain_text("Thank you.")

    waiting("the verdict", lambda: look_again(plain, frame) == "approved")
    expect(heading).to_have_text(f"Total comments ({total + 1})")
    expect(frame.locator(".turns .tag")).to_have_text("You")


def test_search_order_and_votes_on_comments(plain: Page, paper, reader):
    daily = paper()
    daily.publish("The ferry is slow.")
    bridge = daily.publish("The bridge is high.")
    plain.goto(daily.frame)
    plain.get_by_role("searchbox").fill("bridge")
    plain.get_by_role("searchbox").press("Enter")
    expect(plain.locator(".found")).to_contain_text("1 comment with “bridge”")
    expect(plain.locator(".comment")).to_have_count(1)
    plain.get_by_role("link", name="Show all comments").click()
    plain.get_by_role("link", name="Oldest").click()
    expect(plain.locator(".comment").first).to_contain_text("The ferry is slow.")
    reader(plain).votes(bridge.id).locator("[data-way=down]").click()
    expect(reader(plain).votes(bridge.id).locator("[data-way=down] .number")).to_have_text("1")


def test_an_answer_names_whom_it_answers(plain: Page, paper, reader):
    daily = paper()
    first = daily.publish("Who pays for it?", name="Ada")
    plain.goto(daily.frame)
    plain.locator(f"#comment-{first.id}").get_by_role("button", name="Reply").click()
    expect(plain.locator("#answering")).to_contain_text("You answer Ada.")
    reader(plain).write("We do.")
    own = plain.locator("[data-own]").get_attribute("data-own")
    daily.decide(str(own), Action.APPROVE)
    plain.get_by_role("link", name="Look again").click()
    expect(plain.locator(".answers .comment")).to_contain_text("We do.")


def test_a_site_that_wants_work_shows_a_picture_instead(plain: Page, paper, reader):
    plain.goto(paper(Mode.PRE, CaptchaStrategy.POW).frame)
    bo = reader(plain)
    bo.write("No script, no work.")
    expect(plain.locator("[data-own]")).to_contain_text("No script, no work.")


def test_every_faulty_field_is_told_at_once(plain: Page, paper, reader):
    plain.goto(paper().frame)
    plain.locator("#email").fill("nobody at all")
    reader(plain).send()
    for field in ("name", "email", "body", "answer"):
        expect(plain.locator(f"#{field}-fault")).not_to_be_empty()
    expect(plain.locator("#email")).to_have_value("nobody at all")


def test_what_is_much_too_long_is_told_plainly(plain: Page, paper, reader):
    plain.goto(paper().frame)
    reader(plain).write("long " * 20_000)
    expect(plain.get_by_role("heading", level=1)).to_have_text("This is too long")
    plain.go_back()
    expect(plain.locator("#form")).to_be_visible()


def test_a_used_form_is_not_sent_twice(plain: Page, paper, reader):
    daily = paper(Mode.PRE)
    plain.goto(daily.frame)
    bo = reader(plain)
    bo.write("Once is enough.")
    expect(plain.locator("[data-own]")).to_have_count(1)
    plain.go_back()
    bo.send()
    expect(plain.locator("[data-own]")).to_have_count(1)
