"""Markup in every field that a stranger can fill shows as text on every page, in a real browser."""

import re
from urllib.parse import quote, urlencode

import pytest

from service.app import create_app
from service.desk.queue import notes
from service.domain.decision import Action
from service.domain.flag import FlagReason, Notice
from service.domain.queue_filters import State
from service.readers import appeal
from service.readers.report import flag_comment
from tests.browser.conftest import TESTER
from tests.browser.entrance import enter, named

__all__ = ["enter"]
pytestmark = pytest.mark.browser

# Each leaves an element of this kind behind if it is ever taken for markup.
CANARY = "fm-canary"
MARKUP = (
    f"<{CANARY}></{CANARY}>",
    f"\"'><{CANARY}>",
    f"</textarea></title></style></script><{CANARY}>",
    f"<svg><{CANARY} onload=alert(1)></svg>",
    f"-->]]><{CANARY}>{{{{7*7}}}}${{7*7}}",
    f"&lt;{CANARY}&gt;<{CANARY}/",
    f'https://a.example/"><{CANARY}>',
    f"javascript:alert(1)//<{CANARY}>",
)
# Marks what expressions in templates and attributes would have made.
FOUND = f"""() => [
  ...document.querySelectorAll('{CANARY}, [onload], [onerror], a[href^="javascript:" i]'),
].map(element => element.outerHTML)"""


@pytest.fixture
def soiled(paper):
    """A newspaper in which strangers filled every field with markup."""
    daily = paper()
    core, site = daily.core, daily.site
    for number, markup in enumerate(MARKUP[:4]):
        reader = core.signer.reader(site.name, core.signer.reader_token(site.name, bytes(12)))
        shown = daily.publish(markup, name=markup[:50])
        notice = Notice(place=markup, name=markup[:50], email="a@b.example", good_faith=True)
        flag_comment(
            core, site, shown.id, reader, FlagReason.ILLEGAL, markup, f"198.51.{number}.1", notice
        )
        daily.hold(markup, name=markup[:50])
        refused = daily.hold(markup, name=markup[:50])
        daily.decide(refused.id, Action.REJECT)
        receipt = core.signer.receipt(site.name, refused.id)
        appeal.lodge(core, site, refused.id, receipt, markup)
        notes.add_note(core, site, TESTER, shown.id, markup)
    return daily


def pages(daily):
    """The address of every page, with a comment of the newspaper where one is needed."""
    core = daily.core
    comment = daily.publish(MARKUP[1], name=MARKUP[1])
    values = {"site": daily.site.name, "comment": comment.id, "author": comment.author or "x"}
    for rule in create_app(core).url_map.iter_rules():
        unknown = rule.arguments - values.keys()
        if "GET" in rule.methods and not unknown and not rule.rule.startswith("/api/"):
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], rule.rule)


def test_markup_of_strangers_is_text_on_every_page(enter, soiled):
    page = enter()
    base = named(soiled.core.public_url)
    asked = urlencode({"thread": soiled.article})
    queues = {f"/review/{soiled.site.name}?state={state}" for state in State}
    visited, shown = 0, 0
    for path in sorted({f"{path}?{asked}" for path in pages(soiled)} | queues):
        answer = page.request.get(f"{base}{path}", max_redirects=0)
        if "text/html" in answer.headers.get("content-type", "") and answer.status < 300:
            page.goto(f"{base}{path}")
            assert page.evaluate(FOUND) == [], path
            visited += 1
            shown += CANARY in page.locator("body").inner_text()
    assert visited >= 20
    assert shown >= 8, shown


def test_markup_in_an_address_is_text(page, paper):
    daily = paper()
    url, article, markup = daily.core.public_url, quote(daily.article), "".join(MARKUP)
    for path in (
        f"/frame/{daily.site.name}?thread={article}&q={quote(markup)}",
        f"/frame/{daily.site.name}?thread={article}{quote('?x=' + markup)}",
        f"/frame/{daily.site.name}?thread={article}&title={quote(markup)}",
        f"/frame/{daily.site.name}?thread={quote(markup)}&lang={quote(markup)}",
        f"/frame/{quote(markup, safe='')}?thread={article}",
        f"/problems/{quote(markup, safe='')}",
        f"/review/sign-in?next={quote(markup)}",
        f"/review/welcome/{quote(markup, safe='')}",
        f"/{quote(markup)}",
    ):
        page.goto(f"{url}{path}")
        assert page.evaluate(FOUND) == [], path
