"""Reading: folds, further replies, new comments, feeds, permalinks; JavaScript on and off."""

import os
import re
import time
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from service.desk.office import articles
from service.domain.comment import Comment
from service.domain.decision import Action
from service.domain.thread import Order
from service.domain.vote import Direction
from service.readers.exchange import find_position
from service.readers.vote import vote_on_comment
from tests.browser.calls import arrived, asks_again
from tests.browser.conftest import TESTER
from tests.crowd import Said, chorus, speak

pytestmark = pytest.mark.browser

A_MINUTE = 60_000
COUNTS = "**/counts?*"
# `make scale` writes ten thousand; a page has a hundred at most.
MANY = int(os.environ.get("MANY_COMMENTS", "500"))


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def any_page(request: pytest.FixtureRequest, contexts) -> Page:
    return contexts(java_script_enabled=request.param).new_page()


def talk(daily, *said: Said):
    """Add comments to an article of a newspaper."""
    return speak(daily.core, daily.site, daily.article, said)


def test_an_exchange_is_folded_and_unfolded_by_keyboard(any_page: Page, paper):
    daily = paper()
    first, answer = talk(daily, Said("Who pays?", "Ada"), Said("We do.", "Bo", 0))
    any_page.goto(daily.frame)
    fold = any_page.locator(f"#turn-{first.id} > details > summary")
    fold.focus()
    any_page.keyboard.press("Enter")
    expect(any_page.locator(f"#comment-{first.id}")).to_be_hidden()
    expect(any_page.locator(f"#comment-{answer.id}")).to_be_hidden()
    expect(fold).to_contain_text("Ada · 1 answer")
    expect(fold.locator(".who")).to_be_in_viewport()
    any_page.keyboard.press("Enter")
    expect(any_page.locator(f"#comment-{answer.id}")).to_be_visible()


def test_answers_are_indented_three_deep_and_then_say_whom_they_answer(any_page: Page, paper):
    daily = paper()
    remarks = [Said(f"Level {n}.", f"N{n}", n - 1 if n else None) for n in range(6)]
    made = talk(daily, *remarks)
    any_page.goto(daily.frame)
    left = [any_page.locator(f"#comment-{one.id}").bounding_box()["x"] for one in made]
    assert left[0] < left[1] < left[2] < left[3] == left[4] == left[5]
    expect(any_page.locator(f"#comment-{made[5].id}")).to_contain_text("In reply to N4")
    expect(any_page.locator(f"#comment-{made[2].id} .near")).to_be_hidden()


def test_on_a_narrow_page_they_are_indented_once(contexts, paper):
    page = contexts(viewport={"width": 360, "height": 740}).new_page()
    daily = paper()
    made = talk(daily, *(Said(f"Level {n}.", f"N{n}", n - 1 if n else None) for n in range(4)))
    page.goto(daily.frame)
    left = [page.locator(f"#comment-{one.id}").bounding_box()["x"] for one in made]
    assert left[0] < left[1] == left[2] == left[3]
    expect(page.locator(f"#comment-{made[2].id} .near")).to_be_visible()


def test_further_answers_are_shown_where_they_belong(any_page: Page, paper):
    daily = paper()
    remarks = [Said("So it begins."), *(Said(f"Answer {n}.", answers=0) for n in range(75))]
    root, *_ = talk(daily, *remarks, Said("Another matter."))
    any_page.goto(daily.frame)
    exchange = any_page.locator(f"#turn-{root.id}")
    expect(exchange.locator(".answers > li")).to_have_count(10)
    any_page.get_by_role("link", name="Show 65 more answers").click()
    expect(exchange.locator(".answers > li")).to_have_count(50)
    any_page.get_by_role("link", name="Show more answers").click()
    expect(exchange.get_by_text("Answer 74.")).to_be_visible()
    expect(any_page.get_by_role("link", name="Show more answers")).to_have_count(0)


def test_with_javascript_nothing_else_changes_and_the_focus_goes_on(page: Page, paper):
    daily = paper()
    remarks = [Said("So it begins."), *(Said(f"Answer {n}.", answers=0) for n in range(12))]
    made = talk(daily, *remarks, Said("Another matter."))
    page.goto(daily.frame)
    page.get_by_role("link", name="Show 2 more answers").click()
    expect(page.locator(f"#comment-{made[11].id}")).to_be_focused()
    expect(page.locator(".comment")).to_have_count(14)


def test_a_page_of_its_own_for_a_comment_needs_no_javascript(any_page: Page, paper):
    daily = paper()
    made = talk(daily, *chorus(120))
    any_page.goto(f"{daily.frame}&comment={made[7].id}#comment-{made[7].id}")
    expect(any_page.locator(f"#comment-{made[7].id}")).to_be_in_viewport()
    any_page.get_by_role("link", name="Show all comments").click()
    expect(any_page.locator(f"#comment-{made[119].id}")).to_be_visible()


@pytest.mark.parametrize(("order", "first"), [("Oldest", 0), ("Best", 1), ("Newest", 2)])
def test_the_order_is_chosen(any_page: Page, paper, order: str, first: int):
    daily = paper()
    made = talk(daily, *chorus(3))
    vote_on_comment(daily.core, daily.site, made[1].id, "somebody", Direction.UP, "here")
    any_page.goto(f"{daily.frame}&sort=oldest")
    any_page.get_by_role("link", name=order).click()
    expect(any_page.locator(".comment").first).to_have_attribute("id", f"comment-{made[first].id}")
    expect(any_page.get_by_role("link", name=order)).to_have_attribute("aria-current", "true")


def test_a_search_of_the_whole_site_names_the_articles(any_page: Page, paper):
    daily = paper()
    elsewhere = f"{daily.article}-elsewhere"
    speak(daily.core, daily.site, elsewhere, [Said("A ferry, elsewhere.")])
    talk(daily, Said("A ferry, here."))
    for article in (daily.article, elsewhere):
        articles.settle(daily.core, daily.site, TESTER, article, title="An article")
    any_page.goto(daily.frame)
    any_page.get_by_role("searchbox").fill("ferry")
    any_page.get_by_role("searchbox").press("Enter")
    expect(any_page.locator(".found")).to_contain_text("1 comment with “ferry”.")
    any_page.get_by_role("link", name="Search all articles").click()
    expect(any_page.locator(".found")).to_contain_text("2 comments with “ferry”.")
    expect(any_page.locator(".about a").first).to_have_text("An article")
    any_page.get_by_role("link", name="Search this article only").click()
    expect(any_page.locator(".comment")).to_have_count(1)


def test_the_feed_of_the_article_is_offered(page: Page, paper):
    daily = paper()
    talk(daily, Said("For the feed."))
    page.goto(daily.frame)
    feed = page.get_by_role("link", name="Follow these comments by feed").get_attribute("href")
    answer = page.request.get(f"{daily.core.public_url}{feed}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "For the feed." in answer.text()


def test_new_comments_are_offered_without_moving_what_one_reads(page: Page, paper):
    page.clock.install()
    daily = paper()
    talk(daily, *chorus(30))
    page.goto(daily.frame)
    page.locator(".comment").nth(10).scroll_into_view_if_needed()
    before = page.locator(".comment").nth(10).bounding_box()
    asks_again(page, COUNTS, 21_000)
    expect(page.locator("#news")).to_be_hidden()
    talk(daily, Said("Breaking.", "Cy"), Said("Even more.", "Di"))
    asks_again(page, COUNTS, A_MINUTE)
    expect(page.locator("#news")).to_have_text("2 new comments")
    expect(page.locator("#said")).to_have_text("2 new comments")
    expect(page.locator(".comment")).to_have_count(30)
    assert page.locator(".comment").nth(10).bounding_box() == before
    page.locator("#news").click()
    expect(page.locator(".comment")).to_have_count(32)
    expect(page.locator("#news")).to_be_hidden()
    expect(page.locator("#thread-heading")).to_be_focused()


def test_where_nothing_is_new_the_answer_is_304_and_one_asks_ever_less(page: Page, paper):
    page.clock.install()
    daily = paper()
    talk(daily, Said("Alone."))
    page.goto(daily.frame)
    asked: list[str] = []
    answers: list[int] = []
    page.on("request", lambda made: asked.append(made.url) if "/counts?" in made.url else None)
    page.on("response", lambda got: answers.append(got.status) if "/counts?" in got.url else None)
    for _ in range(20):
        page.clock.run_for(A_MINUTE / 2)
        page.wait_for_timeout(100)
        arrived(page, answers, len(asked))
    assert answers[0] == 200
    assert set(answers[1:]) == {304}
    # Polling every twenty seconds for ten minutes would be thirty requests.
    assert 3 <= len(answers) <= 10


def test_who_does_not_look_is_not_asked_for(page: Page, paper):
    page.clock.install()
    daily = paper()
    page.goto(daily.frame)
    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    asked: list[str] = []
    page.on("request", lambda got: asked.append(got.url) if "/counts?" in got.url else None)
    page.clock.run_for(5 * A_MINUTE)
    page.wait_for_timeout(50)
    assert not asked


def test_a_store_that_is_away_does_not_empty_the_list(page: Page, paper):
    daily = paper()
    talk(daily, *chorus(3))
    page.goto(daily.frame)
    page.route("**/frame/**", lambda route: route.abort())
    page.get_by_role("link", name="Oldest").click()
    expect(page.locator(".beside")).to_have_text(re.compile("cannot be reached"))
    expect(page.locator(".comment")).to_have_count(3)


def test_very_many_comments_are_read_as_quickly_as_ten(page: Page, paper):
    small, daily = paper(), paper()
    few = talk(small, *chorus(10, every=2))
    made = talk(daily, *chorus(MANY, every=2))
    small_times, large_times = _views(page, small, few[2]), _views(page, daily, made[MANY // 5])
    # A page of a long list shows a hundred comments, which alone is three to four times the work.
    assert max(large_times.values()) < 6 * max(small_times.values()) + 0.1, (
        large_times,
        small_times,
    )
    page.goto(daily.frame)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Total comments ({MANY:,})")
    for _ in range(3):
        page.get_by_role("link", name="Next comments").click()
        expect(page.locator("#thread-heading")).to_be_focused()
        expect(page.locator("#thread")).not_to_have_attribute("aria-busy", "true")
    page.goto(f"{daily.frame}#comment-{made[3].id}")
    expect(page.locator(f"#comment-{made[3].id}")).to_have_count(0)
    page.goto(f"{daily.frame}&comment={made[3].id}#comment-{made[3].id}")
    expect(page.locator(f"#comment-{made[3].id}")).to_be_focused()


def test_what_a_moderator_takes_away_is_gone_from_the_list(page: Page, paper):
    daily = paper()
    remaining, gone = talk(daily, *chorus(2))
    daily.decide(gone.id, Action.REMOVE)
    page.goto(f"{daily.frame}&comment={gone.id}")
    expect(page.locator("#gone")).to_be_focused()
    expect(page.locator(".comment")).to_have_count(1)
    expect(page.locator(f"#comment-{remaining.id}")).to_be_visible()


def _views(page: Page, daily, late: Comment) -> dict[str, float]:
    """Return the time of each view of an article, including the page from a late comment on."""
    place = {
        order: find_position(daily.core, daily.site, daily.article, order, late.id).cursor
        for order in (Order.NEWEST, Order.BEST)
    }
    assert all(place.values())
    asked = {
        "first": {},
        "late": {"cursor": place[Order.NEWEST]},
        "best": {"sort": "best"},
        "late best": {"sort": "best", "cursor": place[Order.BEST]},
        "oldest": {"sort": "oldest"},
        "comment": {"comment": late.id},
        "words": {"q": late.body},
    }
    return {view: _seconds(page, f"{daily.frame}&{urlencode(a)}") for view, a in asked.items()}


def _seconds(page: Page, url: str) -> float:
    """The quickest of three views: the first one may be slowed by a busy worker."""
    times = []
    for _ in range(3):
        begin = time.monotonic()
        assert page.request.get(url).ok
        times.append(time.monotonic() - begin)
    return min(times)
