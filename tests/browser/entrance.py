"""Signing in to the office pages of the desk, on `localhost`, which supports passkeys."""

import re
import secrets

import pytest
from playwright.sync_api import Page

from service.desk.account import accounts
from service.domain.moderator import Moderator, Role

PASSWORD = "four good words here"


@pytest.fixture
def enter(running, contexts):
    """Sign somebody in by their link in a new browser; `localhost` supports passkeys."""

    def enter(role=Role.OWNER, *, sites=(), at=None, name="") -> Page:
        who = Moderator(name=name or f"{role.value}-{secrets.token_hex(3)}", role=role, sites=sites)
        page = at or contexts().new_page()
        page.goto(named(accounts.invite(running.core, who)))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Open the review desk").click()
        page.wait_for_url(re.compile(r"/review/(account|[^/]*)$"))
        return page

    return enter


def named(url: str) -> str:
    return url.replace("127.0.0.1", "localhost")


def office(daily, page: str) -> str:
    return named(f"{daily.core.public_url}/review/{daily.site.name}/{page}")


def desk(daily, page: str = "") -> str:
    return named(f"{daily.core.public_url}/review/{page}")
