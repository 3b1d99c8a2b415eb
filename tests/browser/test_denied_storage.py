"""Readers whose browser denies storage to frames: partitioned cookies remember them."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from service.domain.decision import Action
from service.domain.site import CaptchaStrategy, Mode
from service.store.comments import comments
from tests.browser.conftest import Paper, Reader

pytestmark = pytest.mark.browser

# Chromium does this by itself in a fresh profile; here it does not depend on its version.
DENY = """
  if (self !== top) for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
    Object.defineProperty(self, name, {
      get() { throw new DOMException("denied", "SecurityError"); },
    });
  }
"""
QUESTION = "A question for the editors."
# The field of a comment's hash (docs/keys.md).
STATUS = "s"
FORGETFUL = "Your browser does not let us keep anything here."


@pytest.fixture
def article(page: Page, paper, printing) -> Paper:
    """An article whose comments are in a frame without storage, open in the browser."""
    page.add_init_script(DENY)
    daily = printing.issue(paper(Mode.PRE, CaptchaStrategy.OFF), above="")
    daily.publish("Worth a vote.")
    page.goto(daily.article)
    return daily


@pytest.fixture
def frame(page: Page, article: Paper) -> FrameLocator:
    return page.frame_locator("iframe")


@pytest.fixture
def bo(frame: FrameLocator, reader) -> Reader:
    return reader(frame)


def test_a_reader_who_comes_back_has_one_vote(page: Page, article: Paper, frame, bo: Reader):
    for direction in ("true", "false", "true"):
        button = bo.votes().locator("[data-way=up]")
        with page.expect_response("**/vote?*"):
            button.click()
        page.reload()
        expect(button).to_have_attribute("aria-pressed", direction)
        expect(button.locator(".number")).to_have_text("1" if direction == "true" else "0")


def test_an_author_who_comes_back_follows_and_edits(page: Page, article, frame, bo: Reader):
    bo.write(QUESTION)
    expect(bo.own("held")).to_be_visible()
    page.reload()
    own = bo.own("held")
    expect(own).to_contain_text(QUESTION)
    own.get_by_role("link", name="Edit").click()
    frame.locator("#body-edit").fill("A better question.")
    frame.get_by_role("button", name="Save").click()
    expect(own).to_contain_text("A better question.")
    frame.get_by_role("link", name="Your comments").click()
    expect(own).to_contain_text("A better question.")


def test_a_comment_that_waits_is_followed_after_a_reload(page: Page, article, bo: Reader):
    bo.write(QUESTION)
    expect(bo.own("held")).to_be_visible()
    shown = str(bo.own("held").get_attribute("data-own"))
    # Back to the state before the verdict, as if the worker were slow.
    record = article.core.at(article.site.name)
    record.redis.hset(record.keys.comment(shown), STATUS, "pending")
    page.reload()
    expect(bo.own("pending")).to_be_visible()
    record.redis.hset(record.keys.comment(shown), STATUS, "held")
    expect(bo.own("held")).to_be_visible()


def test_an_author_who_comes_back_appeals(page: Page, article: Paper, frame, bo: Reader):
    bo.write(QUESTION)
    own = bo.own("held")
    expect(own).to_be_visible()
    article.decide(str(own.get_attribute("data-own")), Action.REJECT)
    page.reload()
    refused = bo.own("rejected")
    refused.get_by_role("link", name="Appeal against this decision").click()
    frame.locator("section[data-part] textarea").fill("I only asked.")
    frame.locator("section[data-part] button.main").click()
    expect(refused).to_contain_text("You have appealed.")


def test_nobody_votes_on_their_own_comment_after_a_reload(page: Page, article, frame, bo: Reader):
    bo.write(QUESTION)
    own = str(bo.own("held").get_attribute("data-own"))
    article.decide(own, Action.APPROVE)
    page.reload()
    expect(bo.votes(own).locator("button").first).to_be_disabled()


def test_a_draft_outlives_a_reload_and_is_gone_once_it_is_sent(
    page: Page, article: Paper, frame, bo: Reader
):
    frame.locator("button[name=reply]").click()
    with page.expect_response(lambda answer: _is_kept(answer, "Half a thought")):
        bo.fill("Half a thought")
    page.reload()
    expect(frame.locator("#body")).to_have_value("Half a thought")
    expect(frame.locator("#name")).to_have_value("Bo")
    expect(frame.locator("#answering")).to_contain_text("You answer Ada.")
    with page.expect_response(lambda answer: _is_kept(answer, "")):
        bo.send()
    expect(bo.own("held")).to_be_visible()
    with page.expect_response("**/memory?*"):
        page.reload()
    expect(frame.locator("#name")).to_have_value("Bo")
    expect(frame.locator("#body")).to_have_value("")


def test_a_draft_that_no_cookie_holds_is_told(page: Page, article, frame, bo: Reader):
    bo.fill(_noise(5000))
    expect(frame.locator("#forgetful")).to_contain_text("too long to be kept")
    bo.fill("short")
    expect(frame.locator("#forgetful")).to_be_empty()


@pytest.fixture
def hermit(browser: Browser, whole_chromium: Path, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """A browser that keeps neither storage nor cookies of any site."""
    opened = []

    def open_(**wishes: bool) -> Page:
        settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
        (tmp_path / "Default").mkdir()
        (tmp_path / "Default" / "Preferences").write_text(json.dumps(settings))
        context = browser.browser_type.launch_persistent_context(
            tmp_path,
            executable_path=whole_chromium,
            args=["--no-sandbox", "--disable-gpu"],
            **wishes,
        )
        opened.append(context)
        return context.new_page()

    yield open_
    for context in opened:
        context.close()


def test_what_a_browser_forgets_is_said_and_kept_while_the_page_lives(
    hermit, paper, printing, reader
):
    daily = printing.issue(paper(Mode.PRE, CaptchaStrategy.OFF), above="")
    page = hermit()
    page.goto(daily.article)
    frame = page.frame_locator("iframe")
    bo = reader(frame)
    bo.votes().locator("[data-way=up]").click()
    expect(frame.locator(".article .beside")).to_contain_text(FORGETFUL)
    frame.locator("#body").focus()
    expect(frame.locator("#forgetful")).to_contain_text(FORGETFUL)
    bo.write(QUESTION)
    expect(bo.own("held")).to_contain_text(QUESTION)
    bo.own("held").get_by_role("link", name="Edit").click()
    expect(frame.locator("#body-edit")).to_have_value(QUESTION)
    comment = str(bo.own("held").get_attribute("data-own"))
    assert comments.get(daily.core.at(daily.site.name), comment).body == QUESTION
    page.reload()
    expect(frame.locator("#form")).to_be_visible()
    expect(frame.locator("[data-own]")).to_have_count(0)


def test_without_javascript_it_is_said_that_the_comment_was_taken(hermit, paper, printing, reader):
    daily = printing.of(paper(Mode.PRE, CaptchaStrategy.OFF))
    printing.print(daily.article, f'<iframe src="{daily.frame}" height="1100"></iframe>')
    page = hermit(java_script_enabled=False)
    page.goto(daily.article)
    frame = page.frame_locator("iframe")
    reader(frame).write(QUESTION)
    expect(frame.locator("#said")).to_contain_text("Your comment is being checked.")
    expect(frame.locator("#said")).to_contain_text(FORGETFUL)


def _is_kept(answer, body: str) -> bool:
    sent = answer.request.post_data_json if answer.request.method == "POST" else None
    return answer.url.endswith("/memory") and (sent or {}).get("body") == body


def _noise(length: int) -> str:
    # Nothing makes random letters shorter.
    return os.urandom(length).hex()[:length]
