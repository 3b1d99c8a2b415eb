"""A reader votes on the article and on comments."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from service.domain.decision import Action
from service.domain.vote import Direction
from service.readers.vote import vote_on_comment
from tests.browser.calls import NOTE_WHAT_IS_KEPT_ALIVE, arrived

pytestmark = pytest.mark.browser

VOTE = "**/comments/*/vote"


def show(votes: Locator, up: int, down: int, yours: str | None) -> None:
    """Expect this state of the buttons."""
    expect(votes.locator("[data-way=up] .number")).to_have_text(str(up))
    expect(votes.locator("[data-way=down] .number")).to_have_text(str(down))
    for way in ("up", "down"):
        pressed = "true" if way == yours else "false"
        expect(votes.locator(f"[data-way={way}]")).to_have_attribute("aria-pressed", pressed)


def test_a_vote_on_the_article_is_set_changed_and_withdrawn(page: Page, paper, reader):
    page.goto(paper().frame)
    votes = reader(page).votes()
    steps = [("up", 1, 0, "up"), ("down", 0, 1, "down"), ("down", 0, 0, None), ("up", 1, 0, "up")]
    for way, up, down, yours in steps:
        with page.expect_response("**/vote?*"):
            votes.locator(f"[data-way={way}]").click()
        show(votes, up, down, yours)
    page.reload()
    show(votes, 1, 0, "up")


def test_a_reader_whom_the_service_does_not_know_any_more_votes_as_a_new_one(
    page: Page, paper, reader
):
    daily = paper()
    page.goto(daily.frame)
    storage_key = f"folkmoot.{daily.site.name}.reader"
    page.evaluate("(name) => localStorage.setItem(name, '\"of.another-secret\"')", storage_key)
    votes = reader(page).votes()
    votes.locator("[data-way=up]").click()
    expect(page.locator("#said")).to_have_text("You voted up.")
    show(votes, 1, 0, "up")


def test_two_readers_have_two_votes(contexts, paper, reader):
    daily = paper()
    for number in (1, 2):
        page = contexts().new_page()
        page.goto(daily.frame)
        votes = reader(page).votes()
        with page.expect_response("**/vote?*"):
            votes.locator("[data-way=up]").click()
        show(votes, number, 0, "up")


def test_a_comment_takes_votes(page: Page, paper, reader):
    daily = paper()
    comment = daily.publish("Worth a vote.")
    page.goto(daily.frame)
    votes = reader(page).votes(comment.id)
    with page.expect_response("**/vote"):
        votes.locator("[data-way=up]").click()
    show(votes, 1, 0, "up")
    page.reload()
    show(votes, 1, 0, "up")


def test_nobody_votes_on_his_own_comment(page: Page, paper, reader):
    daily = paper()
    page.goto(daily.frame)
    bo = reader(page)
    bo.write("I like this, since I wrote it.")
    daily.decide(str(bo.own("held").get_attribute("data-own")), Action.APPROVE)
    page.reload()
    expect(page.locator(".turns .vote").first).to_be_disabled()


def test_a_vote_is_shown_at_once_and_taken_back_if_its_call_fails(page: Page, paper, reader):
    daily = paper()
    comment = daily.publish("Worth a vote.")
    vote_on_comment(daily.core, daily.site, comment.id, "bea", Direction.UP, "there")
    page.goto(daily.frame)
    votes, waiting = reader(page).votes(comment.id), list[Route]()
    page.route(VOTE, lambda route: waiting.append(route))
    votes.locator("[data-way=up]").click()
    arrived(page, waiting)
    show(votes, 2, 0, "up")
    waiting[0].abort()
    show(votes, 1, 0, None)
    expect(page.locator(".beside")).to_have_text(
        "Comments are away for the moment. Please try again in a minute."
    )
    page.reload()
    show(votes, 1, 0, None)


def test_after_a_call_that_failed_one_can_vote_again(page: Page, paper, reader):
    daily = paper()
    comment = daily.publish("Worth a vote.")
    page.goto(daily.frame)
    votes = reader(page).votes(comment.id)
    page.route(VOTE, lambda route: route.abort())
    votes.locator("[data-way=down]").click()
    expect(page.locator(".beside")).to_have_text(
        "Comments are away for the moment. Please try again in a minute."
    )
    page.unroute(VOTE)
    with page.expect_response(VOTE):
        votes.locator("[data-way=up]").click()
    show(votes, 1, 0, "up")
    expect(page.locator("#said")).to_have_text("You voted up.")
    expect(page.locator(".beside")).to_be_empty()
    page.reload()
    show(votes, 1, 0, "up")


@pytest.mark.parametrize("with_javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_vote_that_cannot_be_stored_is_not_shown_as_one(contexts, paper, reader, with_javascript):
    daily, page = paper(), contexts(java_script_enabled=with_javascript).new_page()
    comment = daily.publish("Worth a vote.")
    page.goto(daily.frame)
    daily.core.redis.config_set("maxmemory", "1")
    try:
        reader(page).votes(comment.id).locator("[data-way=up]").click()
        if with_javascript:
            expect(page.locator(".beside")).to_have_text(
                "Comments are away for the moment. Please try again in a minute."
            )
            show(reader(page).votes(comment.id), 0, 0, None)
        else:
            expect(page.locator(".notice")).to_contain_text("Your vote could not be stored.")
        page.goto(daily.frame)
        show(reader(page).votes(comment.id), 0, 0, None)
    finally:
        daily.core.redis.config_set("maxmemory", "0")
    with page.expect_response("**/vote*"):
        reader(page).votes(comment.id).locator("[data-way=up]").click()
    show(reader(page).votes(comment.id), 1, 0, "up")


def test_a_vote_outlives_its_page(page: Page, paper, reader):
    daily = paper()
    page.add_init_script(NOTE_WHAT_IS_KEPT_ALIVE)
    page.goto(daily.frame)
    votes, waiting = reader(page).votes(), list[Route]()
    page.route("**/vote?*", lambda route: waiting.append(route))
    votes.locator("[data-way=up]").click()
    arrived(page, waiting)
    # The answer is still under way, and a page that is opened now already remembers.
    kept_alive = page.evaluate("window.keptAlive")
    assert ["/vote?" in url for url in kept_alive] == [True]
    other = page.context.new_page()
    other.goto(daily.frame)
    expect(reader(other).votes().locator("[data-way=up]")).to_have_attribute("aria-pressed", "true")
