"""Concurrent changes of accounts: a write never restores values that were read before."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyotp
import pytest

from service.desk.account import accounts, entrance, factors, passkeys, profile
from service.desk.account.devices import Visit
from service.desk.account.sessions import open_session
from service.domain.errors import (
    LastOwner,
    ModeratorNotFound,
    NotAllowed,
    NotSignedIn,
    PasskeyRefused,
)
from service.domain.moderator import Letters, Moderator, Role
from service.store.accounts import factors as stored_factors
from service.store.accounts import moderators, sessions
from service.store.accounts import passkeys as stored_passkeys
from tests.web.device import Device

HERE = Visit(address="192.0.2.1")
PASSWORD, OTHER = "four good words here", "another good one"
REFUSED = (LastOwner, NotAllowed, ModeratorNotFound)
# Enough attempts for two of them to overlap.
ROUNDS = 100
OWNER = Moderator(name="ines", role=Role.OWNER)


@pytest.fixture
def ines(core):
    return join(core, OWNER)


@pytest.fixture
def ben(core, ines):
    return join(core, Moderator(name="ben", role=Role.OWNER))


@pytest.fixture
def session(core, ben):
    return open_session(core, ben, HERE).session


def join(core, who):
    token = accounts.invite(core, who).rsplit("/", 1)[1]
    return accounts.welcome(core, token, PASSWORD)


def demote(core, ines, ben):
    accounts.change(core, ines, ben.name, Role.ANALYST, ())


def reset(core, ines, ben):
    accounts.reset(core, ben.name, ines)


def remove(core, ines, ben):
    accounts.remove(core, ben.name, ines)


def want_letters(core, ben, session):
    profile.want_letters(core, ben, "ben@news.example", (Letters.DAILY,))


def change_password(core, ben, session):
    profile.change_password(core, ben, PASSWORD, OTHER, session.id)


def set_up_app(core, ben, session):
    setup = factors.offer(core, ben)
    factors.set_up(core, ben, setup.nonce, pyotp.TOTP(setup.secret).at(core.now()))


def make_codes(core, ben, session):
    factors.new_codes(core, ben)


def register(core, ben, session):
    asked = json.loads(passkeys.offer(core, ben, session))
    credential = Device(core.public_url).make(asked)
    passkeys.register(core, ben, session, credential, "Laptop")


def come_in(core, ben, session):
    open_session(core, ben, HERE)


OWN = [want_letters, change_password]
FACTORS = [set_up_app, make_codes, register]


@pytest.mark.parametrize("write", OWN + FACTORS + [come_in])
def test_who_is_demoted_meanwhile_stays_so(core, redis, ines, ben, session, write):
    demote(core, ines, ben)
    write(core, ben, session)
    assert moderators.find(redis, "ben").role is Role.ANALYST


def test_what_was_written_meanwhile_is_kept_and_the_rest_too(core, redis, ines, ben, session):
    demote(core, ines, ben)
    want_letters(core, ben, session)
    change_password(core, ben, session)
    account = moderators.find(redis, "ben")
    assert (account.role, account.email) == (Role.ANALYST, "ben@news.example")
    assert entrance.sign_in(core, "ben", OTHER, HERE)


@pytest.mark.parametrize("write", OWN + FACTORS + [come_in])
def test_who_is_removed_meanwhile_does_not_come_back(core, redis, ines, ben, session, write):
    remove(core, ines, ben)
    with pytest.raises(NotSignedIn):
        write(core, ben, session)
    assert moderators.find(redis, "ben") is None
    assert has_nothing(redis)


@pytest.mark.parametrize("write", OWN + FACTORS + [come_in])
def test_who_is_reset_meanwhile_leaves_no_door_open(core, redis, ines, ben, session, write):
    reset(core, ines, ben)
    with pytest.raises(NotSignedIn):
        write(core, ben, session)
    account = moderators.find(redis, "ben")
    assert (account.password, account.email) == (None, "")
    assert has_nothing(redis)


@pytest.mark.parametrize("write", OWN)
def test_a_successor_of_the_same_name_gets_nothing_of_it(core, redis, ines, ben, session, write):
    remove(core, ines, ben)
    successor = join(core, Moderator(name="ben", role=Role.ANALYST))
    with pytest.raises(NotSignedIn):
        write(core, ben, session)
    assert moderators.find(redis, "ben") == successor


def has_nothing(redis):
    """Say whether no access for ben is left."""
    return not (
        stored_factors.app(redis, "ben")
        or stored_factors.codes_left(redis, "ben")
        or stored_passkeys.of(redis, "ben")
        or sessions.every(redis, "ben")
    )


def test_a_demoted_owner_does_not_lift_himself_again(core, redis, ines, ben):
    demote(core, ines, ben)
    with pytest.raises(NotAllowed):
        accounts.change(core, ben, "ben", Role.OWNER, ())
    assert moderators.find(redis, "ben").role is Role.ANALYST


@pytest.mark.parametrize("leave", [demote, remove])
def test_two_owners_who_turn_on_each_other_at_once_do_not_both_go(core, redis, ines, ben, leave):
    with ThreadPoolExecutor(2) as two:
        for _ in range(ROUNDS):
            ends = [two.submit(leave, core, *pair) for pair in ((ines, ben), (ben, ines))]
            errors = [end.exception() for end in ends]
            assert all(error is None or isinstance(error, REFUSED) for error in errors), errors
            assert any(one.may_rule for one in moderators.every(redis))
            for one in (ines, ben):
                moderators.remove(redis, one.name)
                moderators.add(redis, one)


def test_a_change_is_made_again_on_what_an_account_has_become(core, redis, ben):
    rounds = []

    def change(known):
        rounds.append(known.role)
        if len(rounds) == 1:
            moderators.revise(redis, "ben", lambda ben: replace(ben, role=Role.ANALYST))
        return replace(known, email="ben@news.example")

    before, after = moderators.revise(redis, "ben", change)
    assert rounds == [Role.OWNER, Role.ANALYST]
    assert before.role is after.role is moderators.find(redis, "ben").role is Role.ANALYST


def test_a_new_account_does_not_replace_one(core, redis, ben):
    assert not moderators.add(redis, Moderator(name="ben", role=Role.ANALYST))
    accounts.invite(core, Moderator(name="ben", role=Role.ANALYST))
    assert moderators.find(redis, "ben") == ben


def test_a_link_begins_with_nothing_that_was_left_behind(core, redis, ines):
    stored_factors.put_app(redis, "ben", "nonce")
    stored_factors.put_codes(redis, "ben", ["a"])
    join(core, Moderator(name="ben", role=Role.ANALYST))
    assert has_nothing(redis)


def test_a_passkey_opens_no_account_that_waits_for_its_link(core, redis, ines, ben, session):
    device = Device(core.public_url)
    asked = json.loads(passkeys.offer(core, ben, session))
    passkey = passkeys.register(core, ben, session, device.make(asked), "Laptop")
    reset(core, ines, ben)
    stored_passkeys.put(redis, passkey)  # as if the process had been killed before it was undone
    with pytest.raises(PasskeyRefused):
        entrance.by_passkey(core, device.sign(json.loads(passkeys.ask(core))), HERE)
