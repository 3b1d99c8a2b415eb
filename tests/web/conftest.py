"""The web application in this process, with a real store; tests/journeys covers the later steps."""

import json

import altcha
import pytest

from service import captcha as captchas
from service.app import create_app
from service.captcha.token import NONCE_BYTES
from service.domain.site import CaptchaStrategy, Site
from service.store.comments import comments, intakes
from service.store.site import sites
from tests.factories import ARTICLE, NOON, a_comment, a_verdict, an_intake
from tests.web.moderators import edit, enter, hold, other
from tests.web.person import Person

__all__ = ["edit", "enter", "hold", "other"]


@pytest.fixture
def client(core):
    return create_app(core).test_client()


@pytest.fixture
def app(core, news):
    """The application, with the site `news`."""
    return create_app(core)


@pytest.fixture
def ines(core, app):
    """A signed-in owner."""
    return Person(core, app.test_client(), "ines").join()


@pytest.fixture
def elsewhere(core, app):
    """The same account in another browser, or another person's."""
    return lambda name="ines": Person(core, app.test_client(), name)


@pytest.fixture
def guarded(redis):
    """A site `guarded` that asks for a captcha."""
    site = Site(name="guarded", origins=("https://news.example",), captcha=CaptchaStrategy.IMAGE)
    sites.put(redis, site)
    return site


@pytest.fixture
def answered(core):
    """Return a captcha with its right answer, as `{"id", "answer"}`."""

    def answered(site="guarded", **changes):
        secret = core.signer.derive("captcha")
        minted = captchas.mint(
            secret,
            site,
            captchas.IMAGE,
            **{"now": core.now(), "nonce": core.random(NONCE_BYTES)} | changes,
        )
        return {"id": minted.id, "answer": captchas.code(secret, minted)}

    return answered


@pytest.fixture
def submit(client):
    def submit(site="news", headers=None, **changes):
        sent = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram."} | changes
        sent = {field: value for field, value in sent.items() if value is not None}
        return client.post(f"/api/v1/sites/{site}/comments", json=sent, headers=headers)

    return submit


@pytest.fixture
def publish(record, news):
    """Store a comment and approve it as a worker would."""

    def publish(**changes):
        comment = a_comment(**changes)
        intakes.accept(record, an_intake(comment))
        comments.judge(record, comment, a_verdict(), now=NOON)
        return comment

    return publish


@pytest.fixture
def reader(client, news):
    """The header of a reader."""
    token = client.post("/api/v1/sites/news/readers").json["token"]
    return {"Folkmoot-Reader": token}


def faulty_fields(answer):
    """The fields that a problem names."""
    assert answer.content_type == "application/problem+json", answer.data
    assert json.loads(answer.data)["status"] == answer.status_code
    return {fault["field"]: fault["code"] for fault in answer.json["errors"]}


@pytest.fixture
def faults():
    return faulty_fields


def solve(challenge):
    """Do the work of a challenge as a browser does."""
    asked = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(asked, altcha.solve_challenge(asked)).to_base64()
