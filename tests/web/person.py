"""A moderator with a browser, for the tests of the office."""

import re

import pyotp

from service.desk.account import accounts
from service.domain.moderator import Moderator, Role
from service.store.accounts import moderators

OURS = {"Origin": "http://localhost"}
PASSWORD = "four good words here"


class Person:
    """A person who signs in by a one-time link, with their own browser."""

    def __init__(self, core, client, name, role=Role.OWNER, sites=()):
        self.core, self.client, self.name = core, client, name
        self.account = Moderator(name=name, role=role, sites=sites)

    def join(self):
        link = accounts.invite(self.core, self.account)
        path = link.removeprefix(self.core.public_url)
        answer = self.client.post(path, headers=OURS, data={"password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return self

    def account_now(self):
        return moderators.find(self.core.redis, self.name)

    def sign_in(self, password=PASSWORD, **more):
        data = {"name": self.name, "password": password}
        return self.client.post("/review/sign-in", headers=OURS, data=data, **more)

    def get(self, path):
        return self.client.get(f"/review/{path}")

    def post(self, path, **data):
        return self.client.post(f"/review/{path}", headers=OURS, data=data)


def shown(answer):
    """The visible text of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def offered(page):
    """The secret that a page offers for an authenticator app, and the digits that it then shows."""
    secret = re.search(r'<code class="secret">(\w+)</code>', page.text)[1]
    return secret, {"nonce": field(page, "nonce"), "code": pyotp.TOTP(secret).now()}


def set_up(person, password=PASSWORD):
    """Set up an authenticator app; return its secret and the recovery codes."""
    secret, typed = offered(person.get("account"))
    answer = person.post("account/app", **typed, password=password)
    assert answer.status_code == 200, shown(answer)
    return secret, re.findall(r"<li><code>([\w-]+)</code>", answer.text)


def field(answer, name):
    """The value of a field of a page."""
    match = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', answer.text)
    assert match, name
    return match[1]
