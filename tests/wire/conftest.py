"""The wire protocols in this process, with a real store and the real classifier."""

from dataclasses import replace

import pytest

from service.app import create_app
from service.clients import keyring
from service.clients.keyring import Keyring
from service.clients.quotas import Quotas
from service.domain.key import ApiKey, Manner, Scope
from service.scoring import Scorers
from service.store.server.patience import Patience

RUDE = "You are a complete idiot and a liar."
KIND = "Thank you for this article about the tram, it was good to read."
DUTCH = "Goedemorgen allemaal, wat een mooie dag om langs de rivier te wandelen."
SPAMMY = "Buy cheap pills online now!!! Best price $$$ click http://pills.example.biz/buy"


@pytest.fixture(scope="session")
def scorers():
    return Scorers()


@pytest.fixture(scope="session")
def scorer(scorers):
    return scorers.of()


@pytest.fixture
def app(core, scorers):
    app = create_app(core)
    # With more patience than in production, so that a slow disk does not disable quotas.
    patient = Patience(wait=5)
    analyst = replace(
        app.extensions["folkmoot.analyst"],
        scorers=scorers,
        keyring=Keyring(core, patient),
        quotas=Quotas(core, patient),
    )
    app.extensions["folkmoot.analyst"] = analyst
    yield app
    # A later count would end up in the store of the next test.
    analyst.meter.flush()


@pytest.fixture
def analyst(app):
    return app.extensions["folkmoot.analyst"]


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def make_key(core):
    def make_key(scope="analyze", manner="auto", **wishes):
        draft = ApiKey(id="", scope=Scope(scope), manner=Manner(manner), **wishes)
        return keyring.issue(core, draft)

    return make_key


@pytest.fixture
def key(make_key):
    return make_key()


@pytest.fixture
def strict(make_key):
    """A key whose program wants the protocol's own errors."""
    return make_key(manner="strict")
