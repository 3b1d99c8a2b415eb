"""Held comments, another site, and signed-in moderators, for the tests of the desk."""

import re

import pytest

from service.desk.account import accounts
from service.domain.comment import Status
from service.domain.moderator import Moderator, Role
from service.domain.site import CaptchaStrategy, Site
from service.domain.verdict import Outcome
from service.store.comments import comments, intakes
from service.store.site import sites
from tests.factories import NOON, a_comment, a_verdict, an_intake

OURS = {"Origin": "http://comments.example"}
PASSWORD = "four good words here"


@pytest.fixture
def hold(record, news):
    def hold(at=record, **changes):
        comment = a_comment(**changes)
        intakes.accept(at, an_intake(comment))
        verdict = a_verdict(Outcome.HOLD, "spam/spam", TOXICITY=0.7, SPAM=0.8)
        comments.judge(at, comment, verdict, now=NOON)
        return comment

    return hold


@pytest.fixture
def edit(record):
    """Edit a held comment as its author, and hold the new text."""

    def edit(comment, text):
        before = comments.get(record, comment.id)
        comments.change_status(record, before, Status.PENDING, by="author", now=NOON, text=text)
        edited = comments.get(record, comment.id)
        comments.judge(record, edited, a_verdict(Outcome.HOLD, "spam/spam"), now=NOON)

    return edit


@pytest.fixture
def other(core, redis):
    """Another site, which not everybody may see."""
    site = Site(name="other", origins=("https://other.example",), captcha=CaptchaStrategy.OFF)
    sites.put(redis, site)
    return core.at("other")


@pytest.fixture
def enter(core, client):
    """Sign somebody in and return a client for their requests."""

    def enter(role=Role.MODERATOR, *, name="olga", sites=()):
        browser = client.application.test_client()
        link = accounts.invite(core, Moderator(name=name, role=role, sites=sites))
        path = link.removeprefix("http://comments.example")
        answer = browser.post(path, data={"password": PASSWORD}, headers=OURS)
        assert answer.status_code == 303, answer.text
        return Desk(browser)

    return enter


class Desk:
    """A moderator's browser."""

    def __init__(self, browser):
        self.browser = browser

    def get(self, path, **more):
        return self.browser.get(f"/review/{path}", **more)

    def post(self, path, *, json=True, headers=OURS, **data):
        accept = {"Accept": "application/json"} if json else {}
        return self.browser.post(f"/review/{path}", data=data, headers=headers | accept)

    def decide(self, comment, action="approve", seen="held", **more):
        return self.post(f"news/comments/{comment.id}/decision", action=action, seen=seen, **more)


def together(desk, **given):
    """Open many comments as a browser without scripts, and return the fields of the form."""
    page = desk.get("news/bulk", query_string=given)
    assert page.status_code == 200, page.text
    preview = re.search(r'name="preview" value="(\w+)"', page.text)
    return {**given, "preview": preview[1] if preview else ""}
