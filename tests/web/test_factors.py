"""Changing a factor of sign-in requires the password, not only an open session."""

import pytest

from service.store.accounts import factors, passkeys
from tests.web.device import Device
from tests.web.person import PASSWORD, offered, set_up, shown


@pytest.fixture
def device(core):
    return Device(core.public_url)


def asked(person, **typed):
    """The desk's request to a device for a new passkey."""
    return person.post("account/passkeys/options", **typed)


def register(person, device, **typed):
    credential = device.make(asked(person, **typed).json)
    return person.post("account/passkeys", credential=credential, label="Laptop")


def comes_in(person, device):
    credential = device.sign(person.get("sign-in/passkey").json)
    return person.post("sign-in/passkey", credential=credential)


@pytest.mark.parametrize("typed", [{}, {"password": ""}, {"password": "guess number x"}])
def test_an_open_desk_gets_no_factor_of_its_own(ines, redis, typed):
    _, app = offered(ines.get("account"))
    refused = ines.post("account/app", **app, **typed)
    assert refused.status_code == 422
    assert "This is not your password." in shown(refused)
    assert factors.app(redis, "ines") is None
    assert asked(ines, **typed).status_code == 422
    # Neither the digits nor the page's secret are used up.
    assert ines.post("account/app", **app, password=PASSWORD).status_code == 200


def test_an_app_is_not_replaced_by_another(ines, redis):
    page = ines.get("account")
    set_up(ines)
    nonce, codes = factors.app(redis, "ines"), factors.codes_left(redis, "ines")
    _, other = offered(page)
    answer = ines.post("account/app", **other | {"nonce": "another"}, password=PASSWORD)
    assert answer.status_code == 409
    assert "There is an app already." in shown(answer)
    assert factors.app(redis, "ines") == nonce
    assert factors.codes_left(redis, "ines") == codes
    ines.post("account/app/remove", password=PASSWORD)
    set_up(ines)


def test_a_passkey_is_set_up_and_removed_with_the_password(ines, elsewhere, device, redis):
    assert register(ines, device, password=PASSWORD).status_code == 200
    [passkey] = passkeys.of(redis, "ines")
    assert comes_in(elsewhere(), device).status_code == 303
    refused = ines.post("account/passkeys/remove", passkey=passkey.id, password="guess number x")
    assert refused.status_code == 422
    assert "This is not your password." in shown(refused)
    assert comes_in(elsewhere(), device).status_code == 303
    removed = ines.post("account/passkeys/remove", passkey=passkey.id, password=PASSWORD)
    assert removed.status_code == 303
    assert comes_in(elsewhere(), device).status_code == 401


def test_what_was_asked_in_one_session_is_not_answered_in_another(ines, elsewhere, device, redis):
    other = elsewhere()
    other.sign_in()
    credential = device.make(asked(ines, password=PASSWORD).json)
    assert other.post("account/passkeys", credential=credential).status_code == 401
    assert passkeys.of(redis, "ines") == []


def test_on_the_way_in_a_first_factor_is_set_up_and_no_second_one(
    ines, elsewhere, device, redis, core
):
    ines.post("people/second-factor", required="yes")
    owner, thief, late = elsewhere(), elsewhere(), elsewhere()
    for person in (owner, thief, late):
        assert person.sign_in().location == "/review/account"
    early = device.make(asked(thief).json)
    _, app = offered(late.get("account"))
    assert register(owner, Device(core.public_url)).status_code == 200
    for answer in (
        thief.post("account/passkeys", credential=early),
        asked(thief),
        late.post("account/app", **app),
    ):
        assert answer.status_code == 303
        assert "/sign-in" in answer.location
    assert len(passkeys.of(redis, "ines")) == 1
    assert factors.app(redis, "ines") is None


def test_passwords_are_not_tried_for_ever_at_an_open_desk(ines):
    tries = [asked(ines, password="guess number x").status_code for _ in range(12)]
    assert tries[0] == 422
    assert tries[-1] == 429
    assert ines.post("account/passkeys/remove", password=PASSWORD).status_code == 429


def test_a_passkey_that_was_removed_is_not_brought_back_by_using_it(ines, device, redis, core):
    register(ines, device, password=PASSWORD)
    [read] = passkeys.of(redis, "ines")
    passkeys.remove(redis, "ines", read.id)
    assert not passkeys.use(redis, read, 7, core.now())
    assert passkeys.of(redis, "ines") == []
