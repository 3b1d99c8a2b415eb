"""A moderator's own account: signing in and settings; nobody can lock them out."""

import base64
from datetime import timedelta

import pyotp
import pytest

from service.domain.moderator import Role
from service.store.accounts import moderators, sessions
from service.store.site import wishes
from tests.web.person import OURS, PASSWORD, Person, set_up, shown


def test_a_link_works_once_and_a_newer_one_replaces_it(core, app):
    from service.desk.account import accounts

    ben = Person(core, app.test_client(), "ben", Role.MODERATOR)
    old, new = (accounts.invite(core, ben.account) for _ in range(2))
    for link, status in ((old, 410), (new, 303), (new, 410)):
        path = link.removeprefix(core.public_url)
        answer = ben.client.post(path, headers=OURS, data={"password": PASSWORD})
        assert answer.status_code == status
    accounts.remove(core, "ben")


def test_a_link_gives_what_the_account_may_when_it_is_used(core, app, ines):
    from service.desk.account import accounts

    ben = Person(core, app.test_client(), "ben", Role.OWNER)
    link = accounts.invite(core, ben.account)
    ines.post("people/change", name="ben", role="analyst", sites="news")
    path = link.removeprefix(core.public_url)
    assert ben.client.post(path, headers=OURS, data={"password": PASSWORD}).status_code == 303
    assert ben.get("people").status_code == 403
    assert moderators.find(core.redis, "ben").role is Role.ANALYST


def test_a_short_password_is_refused_and_the_link_stays(core, app):
    from service.desk.account import accounts

    path = accounts.invite(core, Person(core, None, "ben").account).removeprefix(core.public_url)
    client = app.test_client()
    assert client.post(path, headers=OURS, data={"password": "short"}).status_code == 422
    assert client.post(path, headers=OURS, data={"password": PASSWORD}).status_code == 303


def test_an_app_is_asked_for_after_the_password(ines, elsewhere, core):
    _, codes = set_up(ines)
    assert len(codes) == 10
    other = elsewhere()
    assert "/second-factor" in other.sign_in().location
    assert other.get("news").status_code == 303
    assert other.post("second-factor", code="000000").status_code == 401
    assert other.post("second-factor", code=codes[0].upper()).status_code == 303
    assert other.get("news").status_code == 200
    third = elsewhere()
    third.sign_in()
    assert third.post("second-factor", code=codes[0]).status_code == 401
    assert third.post("second-factor", code=codes[1]).status_code == 303


def test_six_digits_work_once(ines, elsewhere, core):
    secret, _ = set_up(ines)
    # The digits that proved the set-up are used up; those of the next half minute are within drift.
    code = pyotp.TOTP(secret).at(core.now() + timedelta(seconds=30))
    first, second = elsewhere(), elsewhere()
    first.sign_in(), second.sign_in()
    assert first.post("second-factor", code=f" {code[:3]} {code[3:]} ").status_code == 303
    assert second.post("second-factor", code=code).status_code == 401


def test_the_secret_of_an_app_is_nowhere_in_the_store(ines, core, redis):
    secret, codes = set_up(ines)
    raw = base64.b32decode(secret)
    for key in redis.scan_iter("*"):
        dump = redis.hgetall(key) if redis.type(key) == "hash" else redis.type(key)
        assert secret not in str(dump)
        assert raw.hex() not in str(dump)
        assert not any(code in str(dump) for code in codes)


def test_the_app_is_dropped_only_with_the_password(ines, elsewhere):
    set_up(ines)
    assert ines.post("account/app/remove", password="wrong").status_code == 422
    assert ines.post("account/app/remove", password=PASSWORD).status_code == 303
    assert elsewhere().sign_in().location == "/review/"


def test_where_it_is_required_a_second_factor_is_set_up_first(ines, elsewhere, core, redis):
    ines.post("people/second-factor", required="yes")
    assert wishes.wants_second_factor(redis)
    other = elsewhere()
    assert other.sign_in().location == "/review/account"
    assert other.get("news").location == "/review/account"
    page = other.get("account")
    assert "asks everybody for a second factor" in shown(page)
    assert other.post("account/letters", email="").status_code == 303
    # They have just typed their password.
    set_up(other, password="")
    assert other.get("news").status_code == 200


def test_sessions_are_listed_and_ended(ines, elsewhere, redis):
    other = elsewhere()
    other.sign_in()
    assert other.get("news").status_code == 200
    assert len(sessions.every(redis, "ines")) == 2
    ines.post("account/sessions/end")
    assert other.get("news").status_code == 303
    assert ines.get("news").status_code == 200
    assert len(sessions.every(redis, "ines")) == 1


def test_nobody_ends_a_session_of_somebody_else(ines, core, app, redis):
    ben = Person(core, app.test_client(), "ben", Role.ANALYST).join()
    [bens] = sessions.every(redis, "ben")
    ines.post("account/sessions/end", session=bens.id)
    assert ben.get("news").status_code == 200


def test_a_changed_password_ends_every_other_session(ines, elsewhere):
    other = elsewhere()
    other.sign_in()
    assert (
        ines.post("account/password", old="wrong", password="another good one").status_code == 422
    )
    assert ines.post("account/password", old=PASSWORD, password="short").status_code == 422
    assert other.get("news").status_code == 200
    assert (
        ines.post("account/password", old=PASSWORD, password="another good one").status_code == 303
    )
    assert other.get("news").status_code == 303
    assert elsewhere().sign_in().status_code == 401
    assert elsewhere().sign_in("another good one").status_code == 303


def test_wrong_passwords_make_an_address_wait_and_no_account(ines, elsewhere):
    enemy = elsewhere()
    answers = [enemy.sign_in("guess number x").status_code for _ in range(12)]
    assert answers[0] == 401
    assert answers[-1] == 429
    # The owner can sign in from another network, although their account was attacked.
    home = {"REMOTE_ADDR": "203.0.113.9"}
    assert elsewhere().sign_in(environ_overrides=home).status_code == 303


def test_a_known_device_comes_in_from_the_very_network_that_is_waiting(ines, elsewhere):
    enemy = elsewhere()
    while enemy.sign_in("guess number x").status_code != 429:
        pass
    assert elsewhere().sign_in().status_code == 429
    assert ines.sign_in().status_code == 303


def test_a_device_cookie_of_somebody_else_is_none(ines, elsewhere, core, app):
    enemy = Person(core, app.test_client(), "enemy", Role.ANALYST).join()
    while (
        enemy.client.post(
            "/review/sign-in", headers=OURS, data={"name": "ines", "password": "guess number x"}
        ).status_code
        != 429
    ):
        pass
    # A device is known only for the account that signed in on it.
    assert elsewhere("enemy").sign_in().status_code == 429


def test_an_unknown_name_is_answered_like_a_wrong_password(ines, elsewhere):
    assert elsewhere("nobody").sign_in().status_code == 401
    assert elsewhere().sign_in("wrong password").status_code == 401


def test_codes_are_not_tried_for_ever(ines, elsewhere):
    set_up(ines)
    thief = elsewhere()
    thief.sign_in()
    answers = [thief.post("second-factor", code=f"{n:06}").status_code for n in range(7)]
    assert answers[-1] == 429
    # The owner's device has a separate allowance.
    ines.sign_in()
    assert ines.post("second-factor", code="000000").status_code == 401


@pytest.mark.parametrize(
    ("typed", "letters", "status"),
    [
        ("ines@news.example", "alerts", 303),
        ("", "alerts", 422),
        ("ines@news.example\nBcc: all@news.example", "alerts", 422),
        ("a b@news.example", "daily", 422),
        ("no address", "daily", 422),
        ("", "", 303),
    ],
)
def test_mails_go_to_an_address_that_is_one(ines, typed, letters, status):
    answer = ines.post("account/letters", email=typed, letters=letters)
    assert answer.status_code == status
