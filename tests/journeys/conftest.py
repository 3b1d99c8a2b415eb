"""A client program for the public API of a running installation."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field

import altcha
import pytest

from service import captcha as captchas
from service.readers.suspicion import HASTE


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    json: dict = field(default_factory=dict)


@dataclass
class Program:
    """A client of one site, which uses our own code only for the captcha's answer."""

    url: str
    site: str
    core: object
    article: str

    def call(self, method, path, body=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(
            f"{self.url}/api/v1/sites/{self.site}{path}", data, headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return _answer(response)
        except urllib.error.HTTPError as error:
            return _answer(error)

    def captcha(self):
        """Return a captcha that was issued long enough ago for a person to answer, and its answer.

        Many comments come from this one address, so the work is that of a mild suspicion.
        """
        secret, now = self.core.signer.derive("captcha"), self.core.now() - 2 * HASTE
        minted = captchas.mint(
            secret, self.site, captchas.IMAGE, now=now, nonce=self.core.random(16)
        )
        asked = altcha.Challenge.from_dict(captchas.challenge(secret, minted, level=1))
        work = altcha.Payload(asked, altcha.solve_challenge(asked)).to_base64()
        return {"id": minted.id, "answer": captchas.code(secret, minted), "work": work}

    def submit(self, body="What a lovely tram.", **more):
        headers = {"Idempotency_Key": more.pop("key")} if "key" in more else {}
        sent = {"thread": self.article, "name": "Ann", "body": body} | more
        sent.setdefault("captcha", self.captcha())
        return self.call("POST", "/comments", sent, **headers)

    def status(self, submitted):
        mine = {"Folkmoot_Receipt": submitted.json["receipt"]}
        return self.call("GET", f"/comments/{submitted.json['id']}", **mine).json["status"]


def _answer(response):
    content = response.read()
    headers = {name.title(): value for name, value in response.headers.items()}
    return Answer(response.status, headers, json.loads(content) if content else {})


@pytest.fixture
def program(running):
    return Program(running.url, "demo", running.core, running.demo_url)


@pytest.fixture(scope="session")
def program_of():
    return Program
