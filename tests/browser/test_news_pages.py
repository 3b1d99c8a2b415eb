"""The widget in news pages: permalinks, appearance, size, and no layout shift around it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from service.domain.site import CaptchaStrategy
from tests.browser import press
from tests.crowd import Said, chorus, speak

pytestmark = pytest.mark.browser

# Layout shifts after the page was loaded, without an action of the reader.
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    const [{ loadEventStart: loaded }] = performance.getEntriesByType("navigation");
    const [painted] = performance.getEntriesByType("paint");
    const since = Math.max(loaded || Infinity, painted?.startTime ?? Infinity);
    for (const { hadRecentInput, startTime, value } of list.getEntries()) {
      if (!hadRecentInput && startTime > since) window.shifts.push(value);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""
IN_VIEW = """([top, height]) => {
  const frame = document.querySelector("iframe").getBoundingClientRect();
  return frame.top + top >= 0 && frame.top + top + height <= innerHeight;
}"""


def place_of(frame, comment: str) -> list[float]:
    """The position of a comment in its frame: top and height."""
    box = "(at) => { const r = at.getBoundingClientRect(); return [r.top, r.height]; }"
    return frame.locator(f"#comment-{comment}").evaluate(box)


def test_a_permalink_leads_to_its_comment_on_whatever_page_it_stands(page: Page, paper, printing):
    daily = printing.issue(paper())
    made = speak(daily.core, daily.site, daily.article, list(chorus(150)))
    frame = page.frame_locator("iframe")
    page.goto(f"{daily.article}#comment-{made[30].id}")
    marked = frame.locator(f"#comment-{made[30].id}")
    expect(marked).to_be_focused()
    expect(marked).to_have_attribute("data-marked", "")
    page.wait_for_function(IN_VIEW, arg=place_of(frame, made[30].id))


def test_a_later_change_of_the_fragment_is_followed(page: Page, paper, printing):
    daily = printing.issue(paper())
    made = speak(daily.core, daily.site, daily.article, list(chorus(120)))
    frame = page.frame_locator("iframe")
    page.goto(daily.article)
    page.locator("#comments").scroll_into_view_if_needed()
    expect(frame.locator(f"#comment-{made[119].id}")).to_be_visible()
    for wanted in (made[110].id, made[5].id):
        page.evaluate(f"location.hash = 'comment-{wanted}'")
        expect(frame.locator(f"#comment-{wanted}")).to_be_focused()
        page.wait_for_function(IN_VIEW, arg=place_of(frame, wanted))


def test_the_time_of_a_comment_is_its_permalink(page: Page, paper, printing):
    daily = printing.issue(paper())
    [made] = speak(daily.core, daily.site, daily.article, [Said("Hello.")])
    frame = page.frame_locator("iframe")
    page.goto(daily.article)
    page.locator("#comments").scroll_into_view_if_needed()
    frame.locator(f"#comment-{made.id} a.when").click()
    expect(page).to_have_url(f"{daily.article}#comment-{made.id}")
    expect(frame.locator(f"#comment-{made.id}")).to_be_focused()


def test_a_permalink_to_what_is_gone_is_answered_kindly(page: Page, paper, printing):
    daily = printing.issue(paper())
    speak(daily.core, daily.site, daily.article, [Said("Hello.")])
    frame = page.frame_locator("iframe")
    page.goto(f"{daily.article}#comment-01hzzzzzzzzzzzzzzzzzzzzzzz")
    expect(frame.locator("#gone")).to_contain_text("no longer here")
    expect(frame.locator("#gone")).to_be_focused()
    expect(frame.locator(".comment")).to_have_count(1)


def test_the_page_chooses_theme_accent_and_language(page: Page, paper, printing):
    daily = printing.issue(
        paper(), wishes='data-theme="dark" data-accent="#b00020" data-lang="ar"', above=""
    )
    frame = page.frame_locator("iframe")
    page.goto(daily.article)
    root = frame.locator("html")
    expect(root).to_have_attribute("lang", "ar")
    expect(root).to_have_attribute("dir", "rtl")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_css("color-scheme", "dark")
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    accent_colour = root.evaluate(f"() => {accent}").strip()
    # A red that is legible on black, and not our own blue.
    assert int(accent_colour[1:3], 16) > int(accent_colour[5:7], 16)
    page.evaluate("document.querySelector('script').dataset.theme = 'light'")
    expect(root).to_have_attribute("data-theme", "light")


def test_without_wishes_the_page_s_own_language_is_spoken(page: Page, paper, printing):
    daily = printing.issue(paper(), above="", lang="de-AT")
    frame = page.frame_locator("iframe")
    page.goto(daily.article)
    expect(frame.locator("html")).to_have_attribute("lang", "de")


def test_a_theme_that_is_set_while_the_frame_loads_is_not_lost(page: Page, paper, printing):
    daily = printing.issue(paper(), wishes='data-theme="dark"', above="")
    change = "document.querySelector('script').dataset.theme = 'light'"

    def meanwhile(route: Route) -> None:
        page.evaluate(change)
        route.continue_()

    page.route("**/frame/**", meanwhile)
    page.goto(daily.article)
    root = page.frame_locator("iframe").locator("html")
    expect(root).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize("fragment", ["comments", "disqus_thread"])
@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
def test_links_to_the_comments_lead_there(page: Page, paper, printing, fragment: str, later: bool):
    daily = printing.of(paper())
    script, site = f"{daily.core.public_url}/embed.js", daily.site.name
    printing.print(
        daily.article, f'{press.TALL}<script src="{script}" data-site="{site}" async></script>'
    )
    if later:
        page.goto(daily.article)
        expect(page.locator("#comments")).to_be_attached()
        page.evaluate(f"location.hash = '{fragment}'")
    else:
        page.goto(f"{daily.article}#{fragment}")
    expect(page.locator("iframe")).to_be_in_viewport()
    expect(page.frame_locator("iframe").locator("#send")).to_be_attached()


def test_the_page_around_does_not_jerk(page: Page, paper, printing):
    daily = printing.issue(paper(), below='<footer style="height: 900px">Imprint</footer>')
    speak(daily.core, daily.site, daily.article, list(chorus(100, every=3)))
    page.add_init_script(SHIFTS)
    frame = page.frame_locator("iframe")
    page.goto(daily.article)
    page.mouse.move(500, 400)
    page.mouse.wheel(0, 1500)
    # The comments load while the reader is at the end of the article.
    expect(frame.locator("#send")).to_be_attached()
    expect(page.locator("iframe")).to_have_css("min-height", "0px")
    for _ in range(10):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(100)
    assert sum(page.evaluate("window.shifts")) == 0
    assert sum(page.frames[1].evaluate("window.shifts")) < 0.02


@pytest.mark.parametrize("said", [0, 3], ids=["nobody has written", "three have"])
def test_nor_does_it_where_the_comments_are_in_view_at_once(page: Page, paper, printing, said: int):
    daily = printing.issue(paper(captcha=CaptchaStrategy.OFF), above="<p>Short news.</p>")
    speak(daily.core, daily.site, daily.article, list(chorus(said)))
    page.add_init_script(SHIFTS)
    frame = page.frame_locator("iframe")
    page.goto(daily.article)
    expect(frame.locator("#send")).to_be_attached()
    page.wait_for_timeout(300)
    assert sum(page.evaluate("window.shifts")) == 0


def bytes_of(session: CDPSession) -> dict[str, int]:
    """Count the bytes received for each address, including headers, from now on."""
    counted: dict[str, int] = {}
    names: dict[str, str] = {}
    session.on(
        "Network.requestWillBeSent", lambda e: names.update({e["requestId"]: e["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: counted.update({names[e["requestId"]]: int(e["encodedDataLength"])}),
    )
    session.send("Network.enable")
    return counted


@pytest.mark.parametrize("wishes", ["", 'data-accent="#b00020" data-lang="ar"'])
def test_the_first_view_of_a_hundred_comments_is_light(page: Page, paper, wishes: str):
    daily = paper()
    thought = "A thought of about the length that readers write, with {n} in it, and then another. "
    remarks = [
        Said(thought.format(n=n) * 2, f"Reader {n}", n // 2 if n % 3 else None) for n in range(100)
    ]
    speak(daily.core, daily.site, daily.article, remarks)
    asked = urlsplit(daily.frame)
    counted = bytes_of(page.context.new_cdp_session(page))
    more = "&accent=b00020&lang=ar" if wishes else ""
    page.goto(f"{daily.frame}{more}", wait_until="networkidle")
    # A frame within a page needs no icon.
    ours = {
        url: size
        for url, size in counted.items()
        if url.startswith("http") and not url.endswith("/icon.svg")
    }
    assert {urlsplit(url).netloc for url in ours} == {asked.netloc}
    # As docs/embedding.md says; the other one is embed.js.
    assert len(ours) + 1 <= (5 if wishes else 4), ours
    assert sum(ours.values()) + 3072 <= (42 if wishes else 40) * 1024, ours


def test_scripts_and_sheets_are_kept_for_ever(page: Page, paper):
    daily = paper()
    with page.expect_response(re.compile(r"/assets/\w+/frame\.js")) as got:
        page.goto(daily.frame)
    headers = got.value.headers
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-encoding"] == "gzip"


BADGES = """
<a href="{0}#comments" data-folkmoot-count>here</a>
<span data-folkmoot-count="{0}?utm_source=x">here</span>
<a href="{0}#disqus_thread">Disqus</a>
<span data-disqus-identifier="{1}">Disqus, by identifier</span>
<a href="{1}" data-disqus-identifier="4711">Disqus, by its link</a>
<span data-disqus-identifier="4712">nobody knows where</span>
<script src="{2}/counts.js" data-site="{3}" {4} async></script>
"""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", ["3", "3", "3", "0", "0"]),
        (
            'data-none="No comments" data-one="{num} comment" data-many="{num} comments"',
            ["3 comments", "3 comments", "3 comments", "No comments", "No comments"],
        ),
    ],
    ids=["numbers", "in words"],
)
def test_badges_of_ours_and_of_disqus_are_filled_with_one_request(
    page: Page, paper, printing, words, told
):
    daily = printing.of(paper())
    speak(daily.core, daily.site, daily.article, list(chorus(3)))
    front, other = f"{daily.article}-front", f"{daily.article}-other"
    body = BADGES.format(daily.article, other, daily.core.public_url, daily.site.name, words)
    printing.print(front, body)
    asked = press.requests_of(page)
    page.goto(front)
    badges = page.locator("a, span")
    for number, text in enumerate(told):
        expect(badges.nth(number)).to_have_text(text)
    expect(badges.nth(5)).to_have_text("nobody knows where")
    [request] = [url for url in asked if "/counts?" in url]
    assert request.count("thread=") == 3  # with and without utm_source, and the other article


def test_an_address_of_another_paper_does_not_spoil_the_badges(page: Page, paper, printing):
    daily = printing.of(paper())
    speak(daily.core, daily.site, daily.article, list(chorus(3)))
    front = f"{daily.article}-front"
    foreign = '<a href="https://other.example/x#disqus_thread">elsewhere</a>'
    body = BADGES.format(daily.article, daily.article, daily.core.public_url, daily.site.name, "")
    printing.print(front, body + foreign)
    page.goto(front)
    expect(page.locator("span").first).to_have_text("3")
    expect(page.get_by_text("elsewhere")).to_be_visible()
