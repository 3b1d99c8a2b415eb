"""Every state of the list is accessible: axe in light and dark mode, in both directions."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from service.web.frame.conversation import PAGE
from tests.browser.axe import DESKTOP, check
from tests.crowd import Said, chorus, speak

pytestmark = pytest.mark.browser

LOOKS = {
    "by day": ({"viewport": {"width": 1000, "height": 800}}, ""),
    "by night, on a phone": (
        {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
        "",
    ),
    "from right to left": ({"viewport": {"width": 1000, "height": 800}}, "&lang=ar"),
    "from right to left, by night": (
        {"viewport": {"width": 360, "height": 740}},
        "&lang=ar&theme=dark",
    ),
    "in the paper's colour": ({"viewport": {"width": 800, "height": 800}}, "&accent=ffcc00"),
    "at 200 %": ({"viewport": {"width": 500, "height": 400}, "device_scale_factor": 2}, ""),
}


@pytest.fixture(params=LOOKS.values(), ids=LOOKS.keys())
def look(request: pytest.FixtureRequest, contexts) -> Callable[[str], Page]:
    """Open addresses of a frame in one theme; the policy of our pages would block axe."""
    how, wishes = request.param
    page = contexts(**how, bypass_csp=True).new_page()

    def open_(address: str) -> Page:
        page.goto(address + wishes)
        return page

    return open_


@pytest.fixture
def talk(paper):
    """A newspaper with a list in which each kind of thing stands, and its comments."""
    daily = paper()
    remarks = [
        Said("Who pays?\n\n> A quotation\n\nAnd a word: " + "x" * 300),
        *(Said(f"Answer {n}.", "عادل" if n % 2 else "A" * 50, n and n - 1) for n in range(14)),
        *chorus(3),
    ]
    return daily, speak(daily.core, daily.site, daily.article, remarks)


def test_the_list_in_every_look(look: Callable[[str], Page], talk):
    daily, made = talk
    page = look(f"{daily.frame}&comment={made[3].id}")
    page.locator("summary").first.click()
    check(page)  # a permalink, further replies, a folded comment
    check(look(f"{daily.frame}&q=thought"))  # a search
    check(look(f"{daily.frame}&q=zeppelin"))  # a search without results


def test_every_state_of_the_list(contexts, paper, talk):
    page: Page = contexts(**DESKTOP, bypass_csp=True).new_page()

    def look(address: str) -> Page:
        page.goto(address)
        return page

    check(look(paper().frame))  # no comments yet
    daily, made = talk
    look(daily.frame)
    check(page)  # a list, with further replies
    page.locator("summary").first.click()
    check(page)  # a folded comment
    check(look(f"{daily.frame}&comment={made[3].id}"))  # a permalink
    check(look(f"{daily.frame}&comment=01hzzzzzzzzzzzzzzzzzzzzzzz"))  # to a deleted one
    check(look(f"{daily.frame}&root={made[0].id}"))  # one exchange
    check(look(f"{daily.frame}&q=thought&in=site"))  # a search of all articles
    check(look(f"{daily.frame}&q=%E2%80%A6"))  # an empty search
    check(look(f"{daily.core.public_url}/frame/{daily.site.name}?thread=nowhere"))


def test_the_way_to_a_next_page(look: Callable[[str], Page], paper):
    daily = paper()
    speak(daily.core, daily.site, daily.article, list(chorus(PAGE + 1)))
    for wishes in ("", "&q=thought"):
        page = look(daily.frame + wishes)
        expect(page.locator(".more a[rel=next]")).to_be_visible()
        # Only what a short list does not have: the time grows with the number of comments.
        check(page, within=".more, .found")


def test_what_is_to_be_pressed_is_large_enough(look: Callable[[str], Page], paper):
    daily = paper()
    speak(daily.core, daily.site, daily.article, list(chorus(12, every=12)))
    page = look(daily.frame)
    small = page.evaluate("""() => [...document.querySelectorAll("a, button, summary, input")]
      .filter((at) => at.checkVisibility() && at.type !== "hidden" && !at.closest("p, .text"))
      .map((at) => [at.outerHTML.slice(0, 60), at.getBoundingClientRect()])
      .filter(([, { width, height }]) => width > 1 && (width < 24 || height < 24))
      .map(([name, { width, height }]) => `${name} ${width}x${height}`)""")
    assert small == []


def test_the_whole_list_is_used_by_keyboard(page: Page, paper):
    daily = paper()
    made = speak(daily.core, daily.site, daily.article, list(chorus(3)))
    page.goto(daily.frame)
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator("#thread :focus")
        if focused.count():
            assert focused.evaluate("(at) => getComputedStyle(at).outlineStyle") != "none"
            reached.append(focused.evaluate("(at) => at.closest('[id^=turn-]')?.id ?? ''"))
    order = [f"turn-{one.id}" for one in reversed(made)]
    assert list(dict.fromkeys(filter(None, reached))) == order


def test_what_happened_is_said_to_who_does_not_see(page: Page, paper):
    daily = paper()
    speak(daily.core, daily.site, daily.article, list(chorus(60)))
    page.goto(daily.frame)
    announcement = page.locator("#said")
    expect(announcement).to_have_attribute("role", "status")
    page.get_by_role("searchbox").fill("thought number")
    page.keyboard.press("Enter")
    expect(announcement).to_contain_text("The latest comments with “thought number”.")
    page.get_by_role("searchbox").fill("zeppelin")
    page.keyboard.press("Enter")
    expect(announcement).to_have_text("Nothing found for “zeppelin”.")


def test_motion_is_left_out_where_it_is_not_wanted(contexts, paper):
    daily = paper()
    page = contexts(reduced_motion="reduce").new_page()
    page.goto(daily.frame)
    moving = """() => [...document.querySelectorAll("*")].filter((at) => {
      const { animationName, transitionDuration } = getComputedStyle(at);
      return animationName !== "none" || transitionDuration !== "0s";
    }).length"""
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_times_are_said_as_people_say_them(contexts, paper, javascript: bool):
    daily = paper()
    speak(daily.core, daily.site, daily.article, list(chorus(130)))
    page = contexts(java_script_enabled=javascript, timezone_id="Asia/Tokyo").new_page()
    page.goto(f"{daily.frame}&sort=oldest&lang=en")
    first = page.locator("time").first
    expect(first).to_have_text("2 minutes ago")
    title = first.get_attribute("title") or ""
    assert ("UTC" in title) != javascript
    assert str(daily.core.now().year) in title
    assert (first.get_attribute("datetime") or "").endswith("+00:00")


def test_nothing_comes_from_elsewhere(page: Page, paper):
    daily = paper()
    speak(daily.core, daily.site, daily.article, list(chorus(3)))
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{daily.frame}&x={quote('https://other.example')}", wait_until="networkidle")
    assert hosts <= {daily.core.public_url.split("/")[2], ""}


FIRST_LETTER = """(paragraph) => {
  const range = document.createRange();
  range.setStart(paragraph.firstChild, 0);
  range.setEnd(paragraph.firstChild, 1);
  const [letter, room] = [range.getBoundingClientRect(), paragraph.getBoundingClientRect()];
  return letter.left - room.left < room.right - letter.right ? "left" : "right";
}"""


def test_each_paragraph_begins_on_its_own_side(page: Page, paper):
    daily = paper()
    speak(daily.core, daily.site, daily.article, [Said("A ferry.\n\nعبّارة.\n\n> Another.")])
    page.goto(daily.frame)
    paragraphs = page.locator(".comment .text p").all()
    assert [one.evaluate(FIRST_LETTER) for one in paragraphs] == ["left", "right", "left"]
