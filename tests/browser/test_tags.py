"""Tags of news pages as they come: pinned, modules, in shadow roots, moved, replaced."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from service.domain.site import CaptchaStrategy
from service.store.site import sites
from tests.browser.conftest import Paper
from tests.browser.press import Press

pytestmark = pytest.mark.browser

# Counts listeners of the page, its observers and timers, each until it ends.
NO_FRAMES = '<meta http-equiv="Content-Security-Policy" content="frame-src \'none\'">'
COUNTING = """
  const alive = (window.alive = { listeners: 0, observers: 0 });
  for (const target of [window, document, MediaQueryList.prototype]) {
    const { addEventListener } = target;
    target.addEventListener = function (name, act, options) {
      alive.listeners += 1;
      options?.signal?.addEventListener("abort", () => { alive.listeners -= 1; });
      return addEventListener.call(this, name, act, options);
    };
  }
  for (const kind of ["MutationObserver", "IntersectionObserver"]) {
    window[kind] = class extends window[kind] {
      count(is) {
        alive.observers += is - (this.is ?? 0);
        this.is = is;
      }
      observe(...given) {
        this.count(1);
        super.observe(...given);
      }
      disconnect() {
        this.count(0);
        super.disconnect();
      }
    };
  }
"""


@pytest.fixture
def daily(paper, printing: Press) -> Paper:
    return printing.of(paper(captcha=CaptchaStrategy.OFF))


@pytest.fixture
def show(page: Page, daily: Paper, printing: Press) -> Callable[..., list[str]]:
    """Publish a page with HTML, in which {} stands for a tag's source and site, and open it."""

    def show(html: str, head: str = "") -> list[str]:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        tag = f'src="{daily.core.public_url}/embed.js" data-site="{daily.site.name}"'
        whole = f"<!doctype html><html><head>{head}</head><body>{html}</body></html>"
        printing.printed["/news"] = whole.replace("{}", tag)
        if head != NO_FRAMES:
            page.goto(daily.article)
        return said

    return show


def comments(page: Page):
    return page.frame_locator("iframe").locator("#send")


def thread(page: Page):
    return page.frame_locator("iframe").locator("input[name=thread]").first


@pytest.mark.parametrize(
    "html",
    [
        "<script {} async crossorigin></script>",
        '<script {} type="module"></script>',
        '<main id="here"></main><script {} type="module" data-place="#here"></script>',
        '<div id="host"><template shadowrootmode="open"><p>in the shadow</p><script {}></script>'
        "</template></div>",
    ],
    ids=["crossorigin", "module", "elsewhere", "shadow root"],
)
def test_a_tag_works_however_it_is_written(page: Page, show, html: str):
    show(html)
    expect(comments(page)).to_be_visible()
    if "data-place" in html:
        expect(page.locator("#here iframe")).to_be_visible()


@pytest.mark.parametrize("how", ["", "async", 'type="module"'])
def test_a_tag_in_the_head_puts_the_comments_into_the_page(page: Page, show, how: str):
    show("<main>News</main>", head=f"<script {{}} {how}></script>")
    expect(page.locator("main iframe")).to_be_visible()
    expect(comments(page)).to_be_visible()


def test_a_tag_in_the_head_without_a_place_says_what_to_do(page: Page, show):
    said = show("<p>News</p>", head="<script {}></script>")
    expect(page.locator("body > div > iframe")).to_be_visible()
    assert any("data-place" in line for line in said)


def test_two_tags_show_two_articles(page: Page, daily: Paper, show):
    show(
        f'<script {{}} async></script><script {{}} data-thread="{daily.article}-2" async></script>'
    )
    expect(page.locator("iframe")).to_have_count(2)
    for at, url in ((0, daily.article), (1, f"{daily.article}-2")):
        shown = page.frame_locator("iframe").nth(at).locator("input[name=thread]").first
        expect(shown).to_have_value(url)


def test_a_tag_with_its_hash_is_run(page: Page, daily, running, printing):
    lines = running.folkmoot("site", "tags", daily.site.name).splitlines()
    own = running.folkmoot("site", "add", f"{daily.site.name}-b", "--origin", printing.origin)
    assert re.search(r'/embed.js" integrity="sha384-[^"]{64}" crossorigin="anonymous"', own)
    # The command does not know the port of this service.
    lines = [re.sub('src="[^"]*/assets', f'src="{running.url}/assets', line) for line in lines]
    printing.print(daily.article, lines[0])
    with page.expect_response("**/embed.js") as got:
        page.goto(daily.article)
    assert got.value.headers["cache-control"] == "public, max-age=31536000, immutable"
    expect(comments(page)).to_be_visible()
    badge = f'<b data-folkmoot-count="{daily.article}">none</b>{lines[1]}'
    printing.print(daily.article, badge)
    page.goto(daily.article)
    expect(page.locator("b")).to_have_text("0")


def test_a_page_that_becomes_another_article_is_followed(page: Page, daily: Paper, show):
    show('<main id="app"><script {} async></script></main>')
    expect(thread(page)).to_have_value(daily.article)
    page.evaluate("history.pushState(null, '', '/other'); document.title = 'Another'")
    expect(thread(page)).to_have_value(f"{daily.site.origins[0]}/other")
    page.go_back()
    expect(thread(page)).to_have_value(daily.article)


def test_a_canonical_link_that_stays_behind_is_named_in_the_console(page: Page, daily, show):
    said = show(f'<link rel="canonical" href="{daily.article}"><script {{}} async></script>')
    expect(thread(page)).to_have_value(daily.article)
    with page.expect_event("console", lambda message: "canonical link" in message.text):
        page.evaluate("history.pushState(null, '', '/other'); document.title = 'Another'")
    assert any("data-thread" in line for line in said)


def test_a_tag_that_changes_is_followed(page: Page, daily: Paper, show):
    show("<script {} async></script>")
    expect(thread(page)).to_have_value(daily.article)
    page.evaluate("url => { document.scripts[0].dataset.thread = url; }", f"{daily.article}-3")
    expect(thread(page)).to_have_value(f"{daily.article}-3")
    expect(page.locator("iframe")).to_have_count(1)


def test_a_tag_that_is_moved_takes_the_comments_along(page: Page, show):
    show("<script {} async></script><aside></aside>")
    expect(comments(page)).to_be_visible()
    page.evaluate("document.querySelector('aside').append(document.scripts[0])")
    expect(page.locator("aside iframe")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(1)
    expect(comments(page)).to_be_visible()


def test_tags_that_are_replaced_leave_nothing_behind(page: Page, show):
    page.add_init_script(COUNTING)
    show('<main id="app"><script {} async></script></main>')
    expect(comments(page)).to_be_visible()
    page.wait_for_timeout(300)
    once = page.evaluate("window.alive")
    assert once["listeners"] >= 5
    for _ in range(4):
        page.evaluate("""() => {
          const old = document.scripts[0];
          const fresh = Object.assign(document.createElement("script"), { src: old.src });
          fresh.dataset.site = old.dataset.site;
          document.querySelector("main").replaceChildren(fresh);
        }""")
        expect(page.locator("iframe")).to_have_count(1)
        expect(comments(page)).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.alive") == once
    page.evaluate("document.scripts[0].remove()")
    expect(page.locator("iframe")).to_have_count(0)
    assert page.evaluate("window.alive") == {"listeners": 0, "observers": 0}
    assert page.locator("#comments").count() == 0


@pytest.mark.parametrize("said", ["closed", "foreign"])
def test_a_message_is_as_high_as_it_is(page: Page, daily: Paper, show, said: str):
    if said == "closed":
        policy = replace(daily.site.policy, closed_after_days=1)
        sites.put(daily.core.redis, replace(daily.site, policy=policy))
        record, article = daily.core.at(daily.site.name), daily.publish("Long ago.").thread
        # Opened in 1970 (docs/keys.md).
        record.redis.hset(record.keys.thread(article), "c", "1")
    thread = 'data-thread="https://other.example/"' if said == "foreign" else ""
    show(f"<script {{}} {thread} async></script><footer>Imprint</footer>")
    expect(page.locator("iframe")).to_have_css("height", re.compile(r"^[1-6]?\d{2}(\.\d+)?px"))
    page.wait_for_function("document.querySelector('footer').getBoundingClientRect().top < 720")


CSP = "script-src 'nonce-abc' 'strict-dynamic'; require-trusted-types-for 'script'; frame-src {}"


def test_a_strict_policy_of_the_page_is_kept(page: Page, daily: Paper, show):
    policy = CSP.format(daily.core.public_url)
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    show('<script {} nonce="abc" async></script>', head=head)
    expect(comments(page)).to_be_visible()


def test_a_policy_that_lacks_us_is_named_in_the_console(browser, daily: Paper, show):
    # Not in a context of the other tests, which fail when a policy blocks anything.
    context = browser.new_context()
    try:
        show("<script {} async></script>", head=NO_FRAMES)
        page = context.new_page()
        wanted = f"must allow: frame-src {daily.core.public_url}"
        with page.expect_event("console", lambda message: wanted in message.text):
            page.goto(daily.article)
    finally:
        context.close()
