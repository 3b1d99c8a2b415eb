"""The installation's secret is rotated: with the former one beside it, what it signed goes on."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from service.app import create_app
from service.clients import keyring
from service.desk.account import challenges
from service.desk.office.alerts import webhook_secrets
from service.domain.key import ApiKey, Scope
from service.signing import Signer
from service.store import keys
from service.store.comments import comments
from tests.conftest import SECRET
from tests.factories import ARTICLE
from tests.web.device import Device
from tests.web.person import PASSWORD, Person, set_up
from workers.outbox import webhook

NEW = b"another secret of the tests, and of nothing else"
SCORES = {"texts": ["Well said."]}


@pytest.fixture
def rotated(core):
    """The same installation, started with a new secret and the former one."""
    return replace(core, signer=Signer(NEW, (SECRET.encode(),)))


@pytest.fixture
def alone(core):
    """The same installation, started with the new secret alone."""
    return replace(core, signer=Signer(NEW))


def browser(core):
    return create_app(core).test_client()


def moved(person, core):
    """The same person with the same cookies, at the restarted installation."""
    other = Person(core, browser(core), person.name)
    other.client._cookies = person.client._cookies
    return other


def test_a_reader_keeps_token_and_votes(core, rotated, client, publish, reader):
    comment = publish()
    path = f"/api/v1/sites/news/comments/{comment.id}/vote"
    first = client.put(path, json={"direction": "up"}, headers=reader)
    again = browser(rotated).put(path, json={"direction": "up"}, headers=reader)
    assert first.json == again.json == {"up": 1, "down": 0, "yours": "up"}


def test_an_author_keeps_the_receipt(rotated, alone, submit, news):
    sent = submit().json
    path = f"/api/v1/sites/news/comments/{sent['id']}"
    proof = {"Folkmoot-Receipt": sent["receipt"]}
    assert browser(alone).get(path, headers=proof).status_code == 404
    assert browser(rotated).get(path, headers=proof).status_code == 200
    edited = browser(rotated).patch(path, json={"body": "Even better."}, headers=proof)
    assert edited.status_code == 200


def test_an_api_key_goes_on_and_new_ones_are_signed_anew(core, rotated, alone, news):
    old = keyring.issue(core, ApiKey(id="", scope=Scope.COUNTS, site="news"))
    new = keyring.issue(rotated, ApiKey(id="", scope=Scope.COUNTS, site="news"))
    path = f"/api/v1/sites/news/counts?thread={ARTICLE}"
    answers = {
        (where, token): browser(here).get(path, headers={"Authorization": f"Bearer {token}"})
        for where, here in (("rotated", rotated), ("alone", alone))
        for token in (old, new)
    }
    assert {place: answer.status_code for place, answer in answers.items()} == {
        ("rotated", old): 200,
        ("rotated", new): 200,
        ("alone", old): 401,
        ("alone", new): 200,
    }


def test_a_session_and_a_known_device_go_on(ines, rotated):
    there = moved(ines, rotated)
    assert there.get("news").status_code == 200
    enemy = Person(rotated, there.client.application.test_client(), "ines")
    while enemy.sign_in("guess number x").status_code != 429:
        pass
    assert there.sign_in().status_code == 303


def test_an_app_goes_on_after_its_next_use_even_without_the_former_secret(ines, rotated, alone):
    secret, codes = set_up(ines)
    app = pyotp.TOTP(secret)

    def comes_in(core, code):
        person = Person(core, browser(core), "ines")
        assert "/second-factor" in person.sign_in().location
        return person.post("second-factor", code=code).status_code == 303

    now = rotated.now()
    assert comes_in(rotated, app.at(now + timedelta(seconds=30)))
    assert comes_in(rotated, codes[0])
    later = replace(alone, now=lambda: now + timedelta(minutes=5))
    assert comes_in(later, app.at(later.now()))
    # Recovery codes are stored as hashes, so they end with the former secret.
    assert not comes_in(later, codes[1])


def test_an_app_that_was_not_used_ends_with_the_former_secret(ines, alone):
    secret, _ = set_up(ines)
    person = Person(alone, browser(alone), "ines")
    person.sign_in()
    digits = pyotp.TOTP(secret).at(alone.now() + timedelta(seconds=30))
    assert person.post("second-factor", code=digits).status_code == 401


def test_a_passkey_and_its_challenge_go_on(ines, rotated):
    device = Device(ines.core.public_url)
    asked = ines.post("account/passkeys/options", password=PASSWORD).json
    there = moved(ines, rotated)
    assert there.post("account/passkeys", credential=device.make(asked)).status_code == 200
    signed = device.sign(there.get("sign-in/passkey").json)
    assert there.post("sign-in/passkey", credential=signed).status_code == 303


def test_a_challenge_is_used_once_whatever_secret_signed_it(core, rotated):
    challenge = challenges.make(core, "sign-in")
    assert challenges.take(rotated, "sign-in", challenge)
    assert not challenges.take(rotated, "sign-in", challenge)


def test_a_webhook_is_signed_with_both_secrets(core, rotated):
    old, [new, former] = webhook_secrets(core, "news"), webhook_secrets(rotated, "news")
    assert former == old[0] != new
    signed = webhook.sign("{}", [new, former], 1).split(",")
    assert webhook.sign("{}", [former], 1).split(",")[1] in signed
    assert webhook.sign("{}", [new], 1).split(",")[1] == signed[1]


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_ban_of_somebody_without_a_token_goes_on_and_can_be_lifted(
    core, rotated, submit, ines, record, everywhere
):
    banned = submit().json["id"]
    asked = {"footing": "banned", "why": "Enough.", "everywhere": "yes" if everywhere else ""}
    assert ines.post(f"news/comments/{banned}/author", **asked).status_code == 303
    sent = {"thread": ARTICLE, "name": "Ann", "body": "What a lovely tram."}
    there = browser(rotated)
    for _ in range(2):
        assert there.post("/api/v1/sites/news/comments", json=sent).status_code == 422
    old = comments.get(record, banned)
    fields = record.redis.hkeys(record.keys.author_statuses())
    assert old.author not in fields
    assert len(fields) == 2
    record.redis.delete(record.keys.author_statuses(), keys.AUTHOR_STATUSES)
    assert there.post("/api/v1/sites/news/comments", json=sent).status_code == 202


def test_nothing_new_is_signed_with_a_former_secret(rotated, alone):
    for signer in (rotated.signer, alone.signer):
        token = signer.reader_token("news", b"r" * 12)
        assert Signer(SECRET.encode()).reader("news", token) is None
        assert alone.signer.reader("news", token)
        assert not Signer(SECRET.encode()).is_receipt("news", "c", signer.receipt("news", "c"))
