"""A reader writes a comment in the widget, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from service.domain.comment import Doubt
from service.domain.decision import Action
from service.domain.site import CaptchaStrategy, Mode
from service.store.comments import comments, threads
from service.store.desk import queues
from tests.browser.calls import arrived

pytestmark = pytest.mark.browser


def test_a_comment_under_the_demo_article_is_published(page: Page, running, ferry_post, reader):
    record = running.core.at("demo")
    before = threads.get(record, running.demo_url).comments
    page.goto(running.demo_url)
    page.locator("#comments").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe[title=Comments]")
    bo = reader(frame)
    bo.write("I walk over the old bridge every day, and I look forward to the tram.")
    expect(bo.own("approved")).to_contain_text("Your comment is published")
    expect(frame.get_by_role("heading", level=1)).to_have_text(f"Total comments ({before + 1})")
    expect(frame.locator(".turns")).to_contain_text("I look forward to the tram.")
    expect(frame.locator("#body")).to_have_value("")


def test_a_comment_that_needs_a_person_is_held_and_its_author_told(page: Page, paper, reader):
    daily = paper(Mode.PRE)
    page.goto(daily.frame)
    bo = reader(page)
    bo.write("A question for the editors.")
    expect(bo.own("held")).to_contain_text("waits for a moderator")
    expect(page.get_by_role("heading", level=1)).to_have_text("Total comments (0)")
    page.reload()
    expect(bo.own("held")).to_contain_text("A question for the editors.")


def test_a_wrong_code_is_told_and_the_comment_kept(page: Page, paper, reader):
    page.goto(paper().frame)
    bo = reader(page)
    bo.write("Typed with care.", answer="22222")
    expect(page.locator("#answer-fault")).to_have_text("The code is not the one in the picture.")
    expect(page.locator("#body")).to_have_value("Typed with care.")
    expect(page.locator("#name")).to_have_value("Bo")
    expect(page.locator("#answer")).to_be_focused()
    page.locator("#answer").fill(bo.code())
    bo.send()
    expect(bo.own("held")).to_be_visible()
    expect(page.locator("#answer-fault")).to_be_empty()


def test_three_wrong_codes_bring_another_picture(page: Page, paper, reader):
    page.goto(paper().frame)
    bo = reader(page)
    first = page.locator("#captcha-id").input_value()
    bo.fill("Typed with care.")
    for _ in range(3):
        page.locator("#answer").fill("22222")
        with page.expect_response(lambda answer: answer.url.endswith("/comments")):
            bo.send()
    expect(page.locator("#captcha-id")).not_to_have_value(first)
    expect(page.locator("#body")).to_have_value("Typed with care.")
    page.locator("#answer").fill(bo.code())
    bo.send()
    expect(bo.own("held")).to_be_visible()


def test_every_faulty_field_is_told_at_once(page: Page, paper, reader):
    page.goto(paper().frame)
    page.locator("#email").fill("nobody at all")
    reader(page).send()
    for field in ("name", "email", "body", "answer"):
        expect(page.locator(f"#{field}-fault")).not_to_be_empty()
        expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#name")).to_be_focused()


def test_another_code_leaves_what_is_typed(page: Page, paper, reader):
    page.goto(paper().frame)
    bo = reader(page)
    bo.fill("Typed with care.", answer="I cannot read it")
    before = page.locator("#picture").get_attribute("src")
    page.get_by_role("button", name="Another code").click()
    expect(page.locator("#picture")).not_to_have_attribute("src", before or "")
    expect(page.locator("#body")).to_have_value("Typed with care.")


def test_the_code_can_be_heard(page: Page, paper):
    page.goto(paper().frame)
    with page.expect_response("**/*.wav") as heard:
        page.get_by_role("button", name="Hear the code").click()
    assert heard.value.headers["content-type"] == "audio/wav"


def test_pressing_twice_sends_once(page: Page, paper, reader, waiting: Callable[..., object]):
    daily = paper(Mode.PRE)
    page.goto(daily.frame)
    bo = reader(page)
    bo.fill("Once is enough.")
    page.locator("#send").dblclick()
    page.locator("#body").press("Control+Enter")
    expect(bo.own("held")).to_be_visible()
    record = daily.core.at(daily.site.name)
    counted = queues.counts(record)
    assert counted[queues.State.HELD] + counted[queues.State.PENDING] == 1


def test_a_draft_survives_a_reload(page: Page, paper, reader):
    page.goto(paper().frame)
    reader(page).fill("Half a thought", answer="")
    page.reload()
    expect(page.locator("#body")).to_have_value("Half a thought")
    expect(page.locator("#name")).to_have_value("Bo")


def test_an_answer_stands_under_what_it_answers(page: Page, paper, reader):
    daily = paper()
    first = daily.publish("Who pays for it?", name="Ada")
    page.goto(daily.frame)
    page.locator(f"#comment-{first.id}").get_by_role("button", name="Reply").click()
    expect(page.locator("#answering")).to_contain_text("You answer Ada.")
    expect(page.locator("#body")).to_be_focused()
    bo = reader(page)
    bo.write("We do.")
    daily.decide(str(bo.own("held").get_attribute("data-own")), Action.APPROVE)
    page.reload()
    expect(page.locator(".answers .comment")).to_contain_text("We do.")


def test_a_site_without_a_code_asks_for_none(page: Page, paper, reader):
    page.goto(paper(Mode.PRE, CaptchaStrategy.OFF).frame)
    expect(page.locator("#code")).to_have_count(0)
    bo = reader(page)
    bo.write("No code needed.")
    expect(bo.own("held")).to_be_visible()


def test_work_is_proved_silently_where_the_site_prefers_that(page: Page, paper, reader):
    page.goto(paper(Mode.PRE, CaptchaStrategy.POW).frame)
    expect(page.locator("#code")).to_have_count(0)
    bo = reader(page)
    bo.write("My machine has worked for this.")
    expect(bo.own("held")).to_be_visible()


def test_a_browser_that_cannot_work_is_shown_a_picture(page: Page, paper, reader):
    # As with plain HTTP, where browsers do not offer cryptography.
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page.goto(paper(Mode.PRE, CaptchaStrategy.POW).frame)
    asked = []
    page.route("**/captchas?kind=image", lambda route: asked.append(route))
    bo = reader(page)
    bo.write("My machine has not worked for this.")
    arrived(page, asked)
    # The picture is not shown before its code is known.
    expect(page.locator("#answer")).to_have_count(0)
    asked.pop().continue_()
    expect(page.locator("#picture")).to_be_visible()
    expect(page.locator("#body")).to_have_value("My machine has not worked for this.")
    page.locator("#answer").fill(bo.code())
    bo.send()
    expect(bo.own("held")).to_be_visible()


def test_markup_is_text(page: Page, paper, reader):
    daily = paper()
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3)"
    daily.publish(evil, name="<b>Eve</b>")
    page.goto(daily.frame)
    expect(page.locator(".turns .text")).to_have_text(evil)
    expect(page.locator(".turns .name")).to_have_text("<b>Eve</b>")
    assert page.locator(".turns img, .turns script, .turns .text a").count() == 0


def test_an_author_sees_a_rejection(page: Page, paper, reader):
    daily = paper(Mode.PRE)
    page.goto(daily.frame)
    bo = reader(page)
    bo.write("Not for this page.")
    daily.decide(str(bo.own("held").get_attribute("data-own")), Action.REJECT)
    page.reload()
    expect(bo.own("rejected")).to_contain_text("was not published")


def test_work_is_proved_beside_a_picture(page: Page, paper, reader):
    daily = paper(Mode.MACHINE)
    page.goto(daily.frame)
    bo = reader(page)
    with page.expect_request(lambda sent: sent.url.endswith("/comments")) as sent:
        bo.write("Copied by hand, and worked for.")
    assert sent.value.post_data_json["captcha"]["work"]
    expect(page.locator("[data-own]")).to_be_visible()
    assert doubts_of(daily, page) == ()


def test_a_suspicious_text_is_sent_again_with_more_work(page: Page, paper, reader):
    daily = paper()
    page.goto(daily.frame)
    bo = reader(page)
    answers: list[int] = []
    page.on("response", lambda got: got.url.endswith("/comments") and answers.append(got.status))
    bo.write("See https://boats.example for boats.")
    expect(bo.own("held")).to_contain_text("for boats")
    assert answers[0] == 422
    assert answers[-1] == 202
    assert doubts_of(daily, page) == ()


def test_the_field_for_programs_is_not_met_by_people(page: Page, paper, reader):
    daily = paper()
    page.goto(daily.frame)
    trap = page.locator("#homepage")
    assert page.get_by_role("textbox", name="Leave this field empty").count() == 0
    expect(trap).to_have_attribute("tabindex", "-1")
    expect(trap).to_have_attribute("autocomplete", "off")
    reader(page).fill("Filled in by a program.")
    trap.evaluate("field => { field.value = 'https://x.example' }")
    page.locator("#send").click()
    expect(page.locator("[data-own]")).to_be_visible()
    assert Doubt.TRAP in doubts_of(daily, page)


def doubts_of(daily, page: Page) -> tuple[Doubt, ...]:
    """The doubts about the reader's comment."""
    own = str(page.locator("[data-own]").get_attribute("data-own"))
    return comments.get(daily.core.at(daily.site.name), own).doubts
