"""Sessions become idle, and power over others takes more than a session that was left open."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from service.app import create_app
from service.core import utc_now
from service.domain.moderator import Role
from service.store.accounts import moderators, sessions
from tests.web.device import Device
from tests.web.person import PASSWORD, Person, field, set_up, shown

MINUTE = timedelta(minutes=1)


class Clock:
    """A clock that tests move."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return utc_now() + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def core(core, clock):
    return replace(core, now=clock)


@pytest.fixture
def ben(core, app):
    return Person(core, app.test_client(), "ben", Role.MODERATOR).join()


@pytest.fixture
def left_open(ines, ben, clock):
    """An owner's session, opened six minutes ago."""
    clock.ahead = 6 * MINUTE
    return ines


DELICATE = [
    ("people", {"name": "cai", "role": "owner"}),
    ("people/change", {"name": "ben", "role": "owner"}),
    ("people/reset", {"name": "ben"}),
    ("people/remove", {"name": "ben"}),
    ("people/second-factor", {"required": "yes"}),
]


@pytest.mark.parametrize(("path", "typed"), DELICATE, ids=[path for path, _ in DELICATE])
def test_what_gives_power_is_not_done_in_a_session_that_was_left_open(
    left_open, redis, path, typed
):
    before = moderators.every(redis)
    answer = left_open.post(path, **typed)
    assert answer.status_code == 403
    assert "Is it still you, ines ?" in shown(answer)
    assert moderators.every(redis) == before
    assert left_open.get("people").status_code == 200
    # The page carries what was typed, to the same address.
    assert {name: field(answer, name) for name in typed} == typed
    assert "action=" not in re.search(r'<form method="post">', answer.text)[0]
    done = left_open.post(path, **typed, **{"confirm-password": PASSWORD})
    assert done.status_code in (200, 303)
    if path != "people/second-factor":
        assert moderators.every(redis) != before


def test_a_proof_is_enough_for_five_minutes_and_not_longer(left_open, redis, clock):
    assert (
        left_open.post("people/second-factor", **{"confirm-password": PASSWORD}).status_code == 303
    )
    assert left_open.post("people/second-factor", required="yes").status_code == 303
    clock.ahead += 5 * MINUTE
    assert left_open.post("people/second-factor").status_code == 403


@pytest.mark.parametrize("typed", ["", "guess number x", " "])
def test_a_wrong_password_proves_nothing_and_keeps_what_was_typed(left_open, redis, typed):
    answer = left_open.post("people", name="cai", role="owner", **{"confirm-password": typed})
    assert answer.status_code == 422
    assert "This is not your password." in shown(answer)
    assert field(answer, "name") == "cai"
    assert typed.strip() == "" or typed not in answer.text
    assert moderators.find(redis, "cai") is None


def test_proofs_are_not_guessed_without_end(left_open):
    answers = [
        left_open.post("people/remove", name="ben", **{"confirm-password": "guess number x"})
        for _ in range(12)
    ]
    assert answers[-1].status_code == 429
    assert "Retry-After" in answers[-1].headers


def test_an_app_or_a_passkey_is_a_proof_too(ines, ben, clock, core):
    secret, codes = set_up(ines)
    device = Device(core.public_url)
    asked = ines.post("account/passkeys/options", password=PASSWORD).json
    ines.post("account/passkeys", credential=device.make(asked))
    digits = pyotp.TOTP(secret).at(clock() + 6 * MINUTE)
    for proof in (
        lambda: {"confirm-code": digits},
        lambda: {"confirm-code": codes[0]},
        lambda: {"credential": device.sign(ines.get("sign-in/passkey").json)},
    ):
        clock.ahead += 6 * MINUTE
        assert ines.post("people/second-factor").status_code == 403
        assert ines.post("people/second-factor", **proof()).status_code == 303
    clock.ahead += 6 * MINUTE
    assert ines.post("people/second-factor", **{"confirm-code": codes[0]}).status_code == 401


def test_somebody_elses_passkey_is_no_proof(ines, app, core, clock):
    dee = Person(core, app.test_client(), "dee").join()
    device = Device(core.public_url)
    asked = dee.post("account/passkeys/options", password=PASSWORD).json
    dee.post("account/passkeys", credential=device.make(asked))
    clock.ahead = 6 * MINUTE
    signed = device.sign(ines.get("sign-in/passkey").json)
    assert ines.post("people/second-factor", credential=signed).status_code == 401
    assert ines.post("people/second-factor").status_code == 403


def test_who_may_not_do_it_is_not_asked(core, app, ines, ben, clock):
    clock.ahead = 6 * MINUTE
    answer = ben.post("people/remove", name="ines", **{"confirm-password": PASSWORD})
    assert answer.status_code == 403
    assert "Your role does not cover this" in shown(answer)


def test_what_was_typed_is_carried_as_text(left_open):
    answer = left_open.post("people", name='"><script>alert(1)</script>', role="owner", sites="a")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_session_that_nobody_uses_ends(ines, redis, clock, core):
    for _ in range(3):
        clock.ahead += core.session_idle - MINUTE
        assert ines.get("news").status_code == 200
    clock.ahead += core.session_idle + 2 * MINUTE
    assert ines.get("news").status_code == 303
    assert sessions.every(redis, "ines") == []
    clock.ahead -= core.session_idle
    assert ines.get("news").status_code == 303


def test_a_page_that_asks_by_itself_does_not_keep_a_session(ines, clock, core):
    for _ in range(3):
        clock.ahead += core.session_idle / 2 - MINUTE
        last = ines.get("news/live").status_code
    assert last == 303


def test_an_idle_session_is_not_listed_and_the_page_says_when_it_ends(
    ines, elsewhere, clock, core, news
):
    other = elsewhere()
    other.sign_in()
    for _ in range(2):
        clock.ahead += core.session_idle * 0.7
        page = shown(ines.get("account"))
    assert "not used for 2 hours is signed out" in page
    assert page.count("last seen") == 1
    short = replace(core, session_idle=30 * MINUTE)
    person = Person(short, create_app(short).test_client(), "ines")
    person.sign_in()
    assert "not used for 30 minutes" in shown(person.get("account"))
