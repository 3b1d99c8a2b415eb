"""An action in the frame is neither lost nor done twice, whatever interrupts it."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from service.domain.decision import Action
from service.domain.site import CaptchaStrategy, Mode
from service.store.desk import queues
from tests.browser.calls import IMPATIENT, arrived, asks_again
from tests.crowd import Said, chorus, speak

pytestmark = pytest.mark.browser

COMMENTS = "**/api/v1/sites/*/comments"
CARD = "**/frame/*/comments/*"
REPORT = "**/frame/*/comments/*/flag"
ORDER = re.compile("sort=")
PATIENT = "delete window.patience"


@pytest.fixture
def daily(paper):
    return paper(Mode.PRE, CaptchaStrategy.OFF)


def count(daily) -> int:
    """Count the comments that arrived and are not published."""
    counted = queues.counts(daily.core.at(daily.site.name))
    return counted[queues.State.HELD] + counted[queues.State.PENDING]


def lose(route: Route) -> None:
    """Deliver a request and lose its answer."""
    route.fetch()
    route.abort()


def as_pending(route: Route) -> None:
    """Make a card say that the machine has not judged yet."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('"held"', '"pending"'))


def test_a_restored_answer_says_whom_it_answers(page: Page, daily, reader):
    first, *_ = speak(daily.core, daily.site, daily.article, list(chorus(60)))
    page.goto(daily.frame)
    page.get_by_role("link", name="Next comments").click()
    page.locator(f"#comment-{first.id}").get_by_role("link", name="Reply").click()
    reader(page).fill("We do.")
    page.reload()
    expect(page.locator("#answering")).to_contain_text("You answer ")
    daily.decide(first.id, Action.REMOVE)
    page.reload()
    reader(page).send()
    expect(page.locator("#parent-fault")).not_to_be_empty()
    page.get_by_role("link", name="Do not answer anybody").click()
    expect(page.locator("#answering")).to_be_hidden()
    reader(page).send()
    expect(reader(page).own("held")).to_be_visible()


def test_a_lost_answer_and_a_reload_make_no_second_comment(page: Page, daily, reader):
    page.goto(daily.frame)
    page.route(COMMENTS, lose)
    reader(page).write("Once is enough.")
    expect(page.locator("#form-fault")).to_contain_text("your text is kept")
    page.unroute(COMMENTS)
    page.reload()
    reader(page).send()
    expect(reader(page).own("held")).to_be_visible()
    assert count(daily) == 1


def test_a_call_that_nobody_answers_ends_and_the_form_can_be_sent_again(page, daily, reader):
    page.add_init_script(IMPATIENT)
    page.goto(daily.frame)
    page.route(COMMENTS, lambda route: None)
    reader(page).write("Is anybody there?")
    expect(page.locator("#form-fault")).to_contain_text("your text is kept")
    page.unroute(COMMENTS)
    page.evaluate(PATIENT)
    reader(page).send()
    expect(reader(page).own("held")).to_be_visible()
    assert count(daily) == 1


def test_a_comment_whose_card_cannot_be_had_is_said_to_be_taken(page: Page, daily, reader):
    page.goto(daily.frame)
    page.route(CARD, lambda route: route.abort())
    reader(page).write("A question for the editors.")
    expect(page.locator("[data-own]")).to_contain_text("Your comment is being checked.")
    expect(page.locator("#body")).to_have_value("")
    page.unroute(CARD)
    expect(reader(page).own("held")).to_contain_text("A question for the editors.")


def test_what_is_typed_while_a_comment_is_sent_stays(page: Page, daily, reader):
    page.goto(daily.frame)
    waiting: list[Route] = []
    page.route(COMMENTS, lambda route: waiting.append(route))
    bo = reader(page)
    with page.expect_request(COMMENTS):
        bo.write("A question.")
    page.locator("#body").press_sequentially(" And another.")
    arrived(page, waiting, 1)
    waiting[0].continue_()
    expect(bo.own("held")).to_be_visible()
    expect(page.locator("#body")).to_have_value("A question. And another.")
    page.unroute(COMMENTS)
    bo.send()
    expect(bo.own("held")).to_have_count(2)


def test_an_author_who_waits_long_is_told_in_the_end(page: Page, daily, reader):
    page.clock.install()
    page.goto(daily.frame)
    page.route(CARD, as_pending)
    bo = reader(page)
    bo.write("A question for the editors.")
    expect(bo.own("pending")).to_be_visible()
    for _ in range(15):
        asks_again(page, CARD, 30_000)
    expect(bo.own("pending")).to_be_visible()
    page.unroute(CARD)
    asks_again(page, CARD, 30_000)
    expect(bo.own("held")).to_be_visible()


def test_the_e_mail_address_is_not_kept(page: Page, daily, reader):
    page.goto(daily.frame)
    page.locator("#email").fill("bo@example.org")
    reader(page).fill("Half a thought")
    page.reload()
    expect(page.locator("#body")).to_have_value("Half a thought")
    expect(page.locator("#email")).to_have_value("")
    assert "bo@example.org" not in json.dumps(page.evaluate("({...localStorage})"))


def test_a_full_storage_keeps_nobody_from_his_comment(page: Page, daily, reader):
    full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    page.add_init_script(full)
    page.goto(daily.frame)
    reader(page).write("There is no room for me.")
    expect(reader(page).own("held")).to_contain_text("There is no room for me.")


def test_a_published_comment_leaves_the_list_as_the_reader_has_it(page: Page, daily, reader):
    made = speak(
        daily.core,
        daily.site,
        daily.article,
        [Said("So it begins."), *(Said(f"Answer {n}.", answers=0) for n in range(12))],
    )
    speak(daily.core, daily.site, daily.article, list(chorus(60)))
    page.clock.install()
    page.goto(daily.frame)
    page.get_by_role("link", name="Oldest").click()
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Show 2 more answers").click()
    last = page.locator(f"#comment-{made[12].id}")
    expect(last).to_be_visible()
    page.locator(f"#turn-{made[0].id} + li summary").first.press("Enter")
    bo = reader(page)
    page.route(CARD, as_pending)
    bo.write("Publish me.")
    expect(bo.own("pending")).to_be_visible()
    page.locator(f"#comment-{made[1].id}").get_by_role("link", name="Report").click()
    expect(page.locator("#part-heading")).to_be_focused()
    daily.decide(str(bo.own("pending").get_attribute("data-own")), Action.APPROVE)
    # The route stays: it changes nothing any more, and a request may be passing through it.
    page.clock.fast_forward(30_000)
    expect(bo.own("approved")).to_be_visible()
    page.clock.run_for(5_000)
    expect(page.locator("#part-heading")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Total comments (73)")
    page.get_by_role("button", name="Close").click()
    page.locator("#body").focus()
    page.clock.run_for(5_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Total comments (74)")
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    expect(last).to_be_visible()
    expect(page.locator(f"#turn-{made[0].id} + li > details")).not_to_have_attribute("open", "")


def test_the_last_of_two_quick_wishes_is_shown(page: Page, daily):
    speak(daily.core, daily.site, daily.article, list(chorus(3)))
    page.goto(daily.frame)
    waiting: list[Route] = []
    page.route(ORDER, lambda route: waiting.append(route))
    for order in ("Oldest", "Best"):
        with page.expect_request(ORDER):
            page.get_by_role("link", name=order).click()
    arrived(page, waiting, 2)
    for route in waiting:
        route.fulfill(response=route.fetch())
    expect(page.get_by_role("link", name="Best")).to_have_attribute("aria-current", "true")
    expect(page.locator("#thread")).not_to_have_attribute("aria-busy", "true")


def test_escape_closes_no_form_in_which_something_is_typed(page: Page, daily):
    comment = daily.publish("Buy my boats.", name="Eve")
    page.goto(daily.frame)
    page.locator(f"#comment-{comment.id}").get_by_role("link", name="Report").click()
    note = page.locator("#note-flag")
    note.fill("They say so every day.")
    note.press("Escape")
    expect(note).to_have_value("They say so every day.")
    note.fill("")
    composed = "new KeyboardEvent('keydown', {key: 'Escape', isComposing: true, bubbles: true})"
    note.evaluate(f"(field) => field.dispatchEvent({composed})")
    expect(note).to_be_visible()
    note.press("Escape")
    expect(note).to_have_count(0)


def test_a_second_form_takes_no_text_away(page: Page, daily):
    one, two = daily.publish("Buy my boats.", name="Eve"), daily.publish("And my cars.")
    page.goto(daily.frame)
    page.locator(f"#comment-{one.id}").get_by_role("link", name="Report").click()
    form, note = page.locator("section[data-part]"), page.locator("#note-flag")
    note.fill("They say so every day.")
    for comment in (two, one):
        page.locator(f"#comment-{comment.id}").get_by_role("link", name="Report").click()
        expect(form.get_by_role("status")).to_have_text(
            "This is not sent yet. Please send it first, or close it."
        )
        expect(page.locator("#part-heading")).to_be_focused()
        expect(note).to_have_value("They say so every day.")
    form.get_by_role("button", name="Close").click()
    page.locator(f"#comment-{two.id}").get_by_role("link", name="Report").click()
    expect(page.locator(f"#comment-{two.id} #note-flag")).to_have_value("")


def test_a_form_that_is_asked_for_twice_opens_once(page: Page, daily):
    comments = [daily.publish("Buy my boats."), daily.publish("And my cars.")]
    page.goto(daily.frame)
    waiting: list[Route] = []
    page.route(REPORT, lambda route: waiting.append(route))
    for comment in (comments[0], comments[0], comments[1], comments[1]):
        page.locator(f"#comment-{comment.id}").get_by_role("link", name="Report").click()
    arrived(page, waiting, 2)
    for route in waiting:
        route.continue_()
    expect(page.locator(f"#comment-{comments[1].id} #part-heading")).to_be_focused()
    expect(page.locator("#part-heading")).to_have_count(1)
    assert len(waiting) == 2
