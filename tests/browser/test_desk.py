"""Two moderators work through one long queue of held comments, a day in a minute."""

import os
import re

import pytest
from playwright.sync_api import Page, Route, expect

from benchmarks.desk import comments_
from service.desk.account import accounts
from service.desk.queue.queue import PAGE
from service.domain.comment import Status
from service.domain.decision import Action
from service.domain.moderator import Moderator, Role
from service.store.accounts import moderators
from service.store.comments import comments, history
from service.store.upkeep import archive
from tests.browser.calls import arrived
from tests.chaos import invariants

pytestmark = pytest.mark.browser
# `make scale` holds five thousand.
HELD = int(os.environ.get("HELD_COMMENTS", "200"))


@pytest.fixture
def daily(paper):
    """A newspaper with a queue of many pages."""
    newspaper = paper()
    archive_some(newspaper, HELD)
    return newspaper


def archive_some(daily, number):
    made, record = list(comments_(number)), daily.core.at(daily.site.name)
    for start in range(0, number, 500):
        part = made[start : start + 500]
        archive.add_comments(record, part, now=daily.core.now())


@pytest.fixture
def enter(running, contexts):
    """Open the desk of a site for a moderator in a browser of their own."""

    def enter(daily, name, role=Role.MODERATOR, query="", **wishes) -> Page:
        page = contexts(**wishes).new_page()
        page.goto(accounts.invite(running.core, Moderator(name=name, role=role)))
        page.get_by_label("Password").fill("four good words here")
        page.get_by_role("button", name="Open the review desk").click()
        page.wait_for_url(re.compile(r"/review/[^/]*$"))
        page.goto(f"{daily.core.public_url}/review/{daily.site.name}?{query}")
        return page

    yield enter
    for name in ("ann", "ben"):
        moderators.remove(running.core.redis, name)


def counted(page: Page, state: str, number: int, patience: float = 15) -> None:
    count = page.locator(f"[data-count={state}]")
    expect(count).to_have_text(str(number), timeout=patience * 1000)


def test_two_moderators_share_a_queue(daily, enter):
    ann, ben = enter(daily, "ann"), enter(daily, "ben")
    counted(ann, "held", HELD)

    # Ann views a card: Ben sees that, and nothing on Ben's page moves.
    ann.keyboard.press("j")
    first = ann.locator(".card.is-current").get_attribute("data-comment")
    of_ben = ben.locator(f"#comment-{first}")
    expect(of_ben).to_contain_text("ann has it in hand")

    # Ben decides anyway; Ann's decision comes second, and her card says so.
    of_ben.get_by_role("button", name="Reject").click()
    counted(ben, "held", HELD - 1)
    ann.keyboard.press("a")
    overtaken = ann.locator(f"#comment-{first}")
    expect(overtaken).to_contain_text("Already rejected by ben just now")
    assert history_of(daily, first) == ["ben"]

    # Thirty decisions by keys, past the last loaded card; the last one is undone.
    for number in range(30):
        # Quick key presses may reach the last loaded card.
        expect(ann.locator(".card.is-current:not(.done)")).to_have_count(1)
        ann.keyboard.press("a" if number % 2 else "r")
        expect(ann.locator(".card.done")).to_have_count(number + 1)
    # The page sends them one by one, which takes a busy machine a while.
    counted(ann, "held", HELD - 31, patience=60)
    ann.keyboard.press("u")
    counted(ann, "held", HELD - 30)
    counted(ben, "held", HELD - 30)
    assert invariants.broken(daily.core, daily.site.name) == []


def test_a_quick_hand_decides_nothing_before_it_is_there(paper, enter):
    daily = paper()
    archive_some(daily, PAGE + 2)
    ann = enter(daily, "ann")
    # The focus does not return to a card that a colleague has decided.
    first, *_ = seen = shown(ann)
    daily.decide(first, Action.REJECT)
    kept_back: list[Route] = []
    ann.route("**/review/*cursor=*", lambda route: kept_back.append(route))
    for number in range(len(seen)):
        ann.keyboard.press("a")
        if number == 0:
            expect(ann.locator(f"#comment-{first}")).to_contain_text("Already rejected")
    arrived(ann, kept_back)
    expect(ann.get_by_role("status")).to_contain_text("The next ones are on their way.")
    ann.keyboard.press("r")
    counted(ann, "held", 2)
    kept_back.pop().continue_()
    expect(ann.locator(".card.is-current:not(.done)")).to_have_count(1)
    ann.keyboard.press("r")
    expect(ann.locator(".card.done")).to_have_count(PAGE)
    counted(ann, "held", 1)


def test_a_band_is_looked_at_decided_and_taken_back_as_one(daily, enter):
    ann = enter(daily, "ann", query="state=held&attribute=SPAM&low=0.8&high=1")
    message = ann.get_by_text("fit, of the first").or_(ann.locator(".chosen p"))
    number = int(re.match(r"(\d+) fit", message.first.inner_text())[1])
    ann.get_by_role("link", name="together").click()
    expect(ann.get_by_role("heading", level=1)).to_have_text(f"{number} comments, one decision")
    expect(ann.locator(".sample li")).to_have_count(12)
    ann.get_by_role("button", name="Reject all").click()
    expect(ann.get_by_role("status")).to_contain_text(f"{number} decided with one decision.")
    counted(ann, "held", HELD - number)
    ann.get_by_role("button", name="Undo").click()
    counted(ann, "held", HELD)
    assert invariants.broken(daily.core, daily.site.name) == []


def test_selected_cards_are_decided_together(daily, enter):
    ann = enter(daily, "ann")
    for key in ("j", "x", "j", "x", "j", "x"):
        ann.keyboard.press(key)
    expect(ann.get_by_text("3 selected")).to_be_visible()
    ann.get_by_role("button", name="Decide on the selected together").click()
    ann.get_by_role("button", name="Approve all 3").click()
    expect(ann.get_by_role("status")).to_contain_text("3 decided with one decision.")
    counted(ann, "held", HELD - 3)


def test_a_note_and_a_comment_go_to_a_colleague(paper, enter):
    daily = paper()
    comment = daily.hold("Is this true?")
    ben = enter(daily, "ben", query="state=mine")
    ann = enter(daily, "ann")
    ann.keyboard.press("j")
    ann.keyboard.press("n")
    ann.keyboard.type("The mayor denies it.")
    ann.keyboard.press("Enter")
    expect(ann.get_by_role("status")).to_contain_text("Noted")
    ann.keyboard.press("s")
    ann.locator(f"#to-{comment.id}").select_option("ben")
    ann.locator(".card").get_by_role("button", name="Send").click()
    expect(ann.get_by_role("status")).to_contain_text("Sent to ben")
    counted(ben, "mine", 1)
    ben.reload()
    expect(ben.locator(".card")).to_contain_text("The mayor denies it.")


def test_words_are_marked_and_a_selected_one_is_blocked(paper, enter, waiting):
    daily = paper()
    judged(daily, waiting, "You are a stupid fool and an idiot.")
    ann = enter(daily, "ann")
    marks = ann.locator(".card mark")
    expect(marks.filter(has_text="stupid")).to_be_visible()
    marks.filter(has_text="idiot").dblclick()
    ann.keyboard.press("w")
    expect(ann.get_by_label("Block a word")).to_have_value("idiot")
    ann.keyboard.press("Enter")
    expect(ann.get_by_role("status")).to_contain_text("“idiot” is blocked from now on.")


def test_a_refusal_that_needs_a_reason_asks_for_its_number(paper, enter):
    from dataclasses import replace

    from service.store.site import sites

    daily = paper()
    policy = replace(daily.site.policy, dsa=True)
    sites.put(daily.core.redis, replace(daily.site, policy=policy))
    comment = daily.hold("Buy my boat.")
    ann = enter(daily, "ann")
    ann.keyboard.press("r")
    expect(ann.get_by_role("dialog")).to_contain_text("It is advertising.")
    ann.keyboard.press("4")
    counted(ann, "held", 0)
    [entry] = [e for e in entries(daily, comment.id) if e.by == "ann"]
    assert (entry.new, entry.why) == ("rejected", "It is advertising.")


def test_on_a_phone_a_card_is_swiped(paper, enter):
    daily = paper()
    one, two = daily.hold("Let me in."), daily.hold("Buy my boat.")
    wishes = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    ann = enter(daily, "ann", **wishes)
    for comment, by in ((one, 200), (two, -200)):
        swipe(ann, f"#comment-{comment.id} .said-text", by)
        expect(ann.locator(f"#comment-{comment.id}")).to_have_class(re.compile("done"))
    counted(ann, "held", 0)
    stored = comments.get_many(daily.core.at(daily.site.name), [one.id, two.id])
    assert [c.status for c in stored] == [Status.APPROVED, Status.REJECTED]


def test_the_server_says_no_and_the_card_comes_back(paper, enter):
    daily = paper()
    daily.hold("First.")
    daily.hold("Second.")
    ann = enter(daily, "ann")
    ann.route("**/decision", lambda route: route.abort())
    ann.keyboard.press("a")
    expect(ann.get_by_role("status")).to_contain_text("The desk cannot be reached.")
    expect(ann.locator(".card:not(.done)")).to_have_count(2)
    # The card says so too: the next decision replaces what the page says.
    notes = ann.locator(".card > .said")
    expect(notes).to_contain_text(["The desk cannot be reached."])
    ann.unroute("**/decision")
    ann.keyboard.press("k")
    ann.keyboard.press("a")
    counted(ann, "held", 1)
    expect(notes).to_have_count(0)


def test_a_decision_is_taken_back_after_a_reload(paper, enter):
    daily = paper()
    daily.hold("Let me in.")
    ann = enter(daily, "ann")
    ann.keyboard.press("r")
    counted(ann, "held", 0)
    ann.reload()
    ann.get_by_text("Take back a decision of the last ten minutes (1)").click()
    expect(ann.locator(".latest li")).to_contain_text("Rejected “Let me in.” · just now")
    ann.keyboard.press("u")
    counted(ann, "held", 1)
    expect(ann.locator(".latest")).to_have_count(0)


def test_an_analyst_s_keys_decide_nothing(paper, enter):
    daily = paper()
    daily.hold("Look at me.")
    page = enter(daily, "ann", role=Role.ANALYST)
    for key in ("j", "a", "r", "x", "n", "u"):
        page.keyboard.press(key)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).not_to_contain_text("approve")
    counted(page, "held", 1)


def judged(daily, waiting, body):
    """Hold a comment by the machine's verdict, so that it has scores."""
    record, id_ = daily.core.at(daily.site.name), daily.submit(body).id
    waiting("a verdict", lambda: comments.get(record, id_).scores)


def swipe(page: Page, what: str, by: int) -> None:
    """Move a finger sideways over something."""
    page.locator(what).scroll_into_view_if_needed()
    page.eval_on_selector(
        what,
        """(target, by) => {
          const box = target.getBoundingClientRect();
          const clientY = box.top + 5;
          const at = (x) => new Touch({ identifier: 1, target, clientX: 200 + x, clientY });
          const send = (type, x) => target.dispatchEvent(new TouchEvent(type, {
            bubbles: true, cancelable: true, touches: type === "touchend" ? [] : [at(x)],
            changedTouches: [at(x)],
          }));
          send("touchstart", 0);
          for (const part of [0.1, 0.4, 0.7, 1]) send("touchmove", by * part);
          send("touchend", by);
        }""",
        by,
    )


def entries(daily, comment):
    stored = comments.get(daily.core.at(daily.site.name), comment)
    return history.of_comment(daily.core.at(daily.site.name), stored.last_entry)


def shown(page: Page) -> list[str]:
    """List the comments whose cards are there."""
    return [card.get_attribute("data-comment") for card in page.locator(".card").all()]


def history_of(daily, comment):
    return [entry.by for entry in entries(daily, comment) if entry.by != "import"]
