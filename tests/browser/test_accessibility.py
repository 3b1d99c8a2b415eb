"""axe-core finds no violation in any state of a page (WCAG 2.2 AA, best practices)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import DESKTOP, PHONE_AT_NIGHT, check

pytestmark = pytest.mark.browser


@pytest.fixture(params=[DESKTOP, PHONE_AT_NIGHT], ids=["desktop", "phone at night"])
def seen(request: pytest.FixtureRequest, contexts: Callable[..., BrowserContext]) -> Page:
    # The policy of our pages would block axe, which is a script.
    return contexts(**request.param, bypass_csp=True).new_page()


def test_the_frame_in_all_its_states(seen: Page, paper, reader):
    daily = paper()
    seen.goto(daily.frame)
    check(seen)  # no comments yet

    bo = reader(seen)
    bo.send()
    expect(seen.locator("#name-fault")).not_to_be_empty()
    check(seen)  # an error in every field

    bo.write("A question for the editors, with https://example.org/a/long/address.")
    expect(bo.own("held")).to_be_visible()
    check(seen)  # the reader's own comment waits

    first = daily.publish("Who pays?\n\n> A quotation\n\nAnd a word: " + "x" * 300, name="Ada")
    daily.publish("We do.", parent=first.id, name="عادل")
    seen.reload()
    bo.votes(first.id).locator("[data-way=up]").click()
    expect(bo.votes(first.id).locator("[data-way=up]")).to_have_attribute("aria-pressed", "true")
    check(seen)  # a list with a vote and an answer

    seen.get_by_role("searchbox").fill("we do")
    seen.get_by_role("searchbox").press("Enter")
    expect(seen.locator(".found")).to_be_visible()
    check(seen)  # a search


def test_the_frame_without_javascript(seen: Page, paper, reader):
    # axe needs scripts, so only our own script is blocked.
    seen.route("**/frame.js", lambda route: route.abort())
    seen.goto(paper().frame)
    reader(seen).send()
    expect(seen.locator("#name-fault")).not_to_be_empty()
    expect(seen.locator("html:not(.enhanced) .frame")).to_have_css("display", "grid")
    check(seen)


def test_what_is_said_is_said_into_a_place_that_was_there(page: Page, paper):
    daily = paper()
    comment = daily.publish("Worth a vote.")
    page.goto(daily.frame)
    expect(page.locator("html.enhanced #said:empty")).to_have_css("display", "block")
    page.route("**/vote", lambda route: route.abort())
    noted = """() => {
      window.came = [];
      const note = ({ addedNodes }) => [...addedNodes].filter(({ role }) => role === "status")
        .forEach((place) => came.push([place.textContent, getComputedStyle(place).display]));
      new MutationObserver((changes) => changes.forEach(note)).observe(
        document.body, { childList: true, subtree: true });
    }"""
    page.evaluate(noted)
    page.locator(f"#comment-{comment.id} [data-way=up]").click()
    expect(page.locator(".beside")).to_have_text(
        "Comments are away for the moment. Please try again in a minute."
    )
    assert page.evaluate("came") == [["", "block"]]


def test_a_pressed_vote_is_known_by_its_shape_in_high_contrast(page: Page, paper, reader):
    page.emulate_media(forced_colors="active")
    page.goto(paper().frame)
    up = reader(page).votes().locator("[data-way=up]")
    expect(up).to_have_css("border-top-width", "1px")
    up.click()
    expect(up).to_have_css("border-top-width", "3px")
    expect(up.locator(".number")).to_have_css("text-decoration-line", "underline")


def test_the_desk(seen: Page, moderator, paper):
    daily = paper()
    daily.hold("Please let me in.")
    moderator(at=seen)
    check(seen)
    seen.goto(f"{daily.core.public_url}/review/{daily.site.name}")
    seen.get_by_text("History").click()
    check(seen)
    seen.goto(f"{daily.core.public_url}/review/{daily.site.name}?state=flagged")
    check(seen)


def test_the_welcome_page(seen: Page, running):
    from service.desk.account import accounts
    from service.domain.moderator import Moderator, Role

    seen.goto(accounts.invite(running.core, Moderator(name="ines", role=Role.MODERATOR)))
    check(seen)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/docs",
        "/problems/stale-status",
        "/review/sign-in",
        "/review/welcome/none",
        "/frame/no",
    ],
)
def test_pages_for_everybody(seen: Page, running, path: str):
    seen.goto(running.url + path)
    check(seen)


def test_the_demo(seen: Page, running, ferry_post):
    seen.goto(f"{running.demo_url}library-seeds")
    seen.locator("#comments").scroll_into_view_if_needed()
    seen.frame_locator("iframe").locator("#send").wait_for()
    check(seen)


def test_files_of_the_pages_are_small():
    static = Path(__file__).parents[2] / "service" / "web" / "static"
    for file in static.glob("*.js"):
        # A news page loads this one alone, in one request.
        most = 190 if file.name == "embed.js" else 155
        assert len(file.read_text().splitlines()) <= most, f"{file.name} has more than one noun"
