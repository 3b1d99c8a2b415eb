"""Keys are recognised without the store, valid for one scope, and refused when revoked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clients import keyring
from service.clients.keyring import Keyring
from service.clients.quotas import Quotas
from service.domain import key as keys_
from service.domain.errors import KeyRefused, ScopeMissing, SiteNotFound, TooMany
from service.domain.key import ApiKey, Quota, Scope
from service.store.accounts import apikeys
from service.store.server.patience import Patience
from service.web.http import caller

SECRET = b"only of this test"


@pytest.mark.parametrize("scope", Scope)
def test_a_key_can_stand_before_a_host_name(scope):
    _, token = keys_.mint(SECRET, scope, bytes(range(10)))
    assert len(token) <= 63
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(random=st.binary(min_size=10, max_size=10), scope=st.sampled_from(Scope))
def test_a_key_is_recognised_however_it_is_written(random, scope):
    id_, token = keys_.mint(SECRET, scope, random)
    for written in (token, token.upper(), f" {token}\n"):
        assert keys_.read(SECRET, written) == keys_.KeyToken(id_, scope)
    assert keys_.read(b"of another installation", token) is None


@given(place=st.integers(4, 40), letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_key_with_another_letter_is_none(place, letter):
    _, token = keys_.mint(SECRET, Scope.ANALYZE, b"0123456789")
    changed = token[:place] + letter + token[place + 1 :]
    assert (keys_.read(SECRET, changed) is None) is (changed != token)


@given(st.text())
def test_what_is_no_key_is_refused(text):
    assert keys_.read(SECRET, text) is None


@pytest.fixture
def ring(core):
    return Keyring(core, Patience(wait=5))


@pytest.fixture
def quotas(core):
    return Quotas(core, Patience(wait=5))


def test_a_key_is_good_at_once_for_its_scope_alone(ring, make_key):
    ring.look()
    token = make_key("counts")
    assert ring.find(token, Scope.COUNTS).scope is Scope.COUNTS
    with pytest.raises(ScopeMissing):
        ring.find(token, Scope.MANAGE)


def test_a_key_of_one_site_is_no_key_of_another(ring, make_key, news):
    token = make_key("manage", site="news")
    assert ring.find(token, Scope.MANAGE, "news")
    with pytest.raises(ScopeMissing):
        ring.find(token, Scope.MANAGE, "other")


def test_a_key_for_a_site_that_is_none_is_not_made(make_key, redis):
    with pytest.raises(SiteNotFound):
        make_key("manage", site="nowhere")
    assert apikeys.every(redis) == {}


def test_the_store_has_no_key(make_key, redis):
    token = make_key()
    held = str(redis.hgetall("fm:keys"))
    assert token not in held
    assert token[-20:] not in held


def test_a_revoked_key_is_refused_within_two_seconds(core, make_key):
    clock = iter(range(0, 1000, 3)).__next__
    ring, token = Keyring(core, Patience(wait=5), clock), make_key()
    assert ring.find(token, Scope.ANALYZE)
    api_key = keyring.known(core, token)
    apikeys.put(core.redis, replace(api_key, revoked=True))
    with pytest.raises(KeyRefused):
        ring.find(token, Scope.ANALYZE)
    assert keyring.known(core, token) is None


def test_what_was_known_is_known_while_the_store_is_away(core, away, make_key):
    good, gone = make_key(), make_key()
    apikeys.put(core.redis, replace(keyring.known(core, gone), revoked=True))
    clock = iter(range(0, 1000, 3)).__next__
    ring = Keyring(core, Patience(wait=5), clock)
    ring.look()
    ring._core = replace(core, redis=away)
    assert ring.find(good, Scope.ANALYZE)
    with pytest.raises(KeyRefused):
        ring.find(gone, Scope.ANALYZE)


def test_a_process_that_never_saw_the_store_knows_a_genuine_key_for_scoring(core, away, make_key):
    ring = Keyring(replace(core, redis=away), Patience(wait=5))
    assert ring.find(make_key(quota="1/day"), Scope.ANALYZE).quota == ""
    with pytest.raises(KeyRefused):
        ring.find(make_key("manage"), Scope.MANAGE)


@pytest.mark.parametrize(
    ("text", "a_month"),
    [("60/minute", 2_592_000), ("5000/hour", 3_600_000), ("1/day", 30), ("50000/month", 50_000)],
)
def test_a_quota_is_read_and_written(text, a_month):
    assert str(Quota.read(text)) == text
    assert Quota.read(text).per_month == a_month


@pytest.mark.parametrize("text", ["", "0/minute", "x", "5/week", "-1/day", "5 / day"])
def test_what_is_no_quota_is_refused(text):
    with pytest.raises(ValueError, match="is no quota"):
        Quota.read(text)


def test_a_quota_ends(ring, quotas, make_key):
    key = ring.find(make_key(quota="3/minute"), Scope.ANALYZE)
    for _ in range(3):
        quotas.spend(key)
    with pytest.raises(TooMany) as refused:
        quotas.spend(key)
    assert 0 < refused.value.retry_after <= 60


def test_a_batch_takes_as_many_from_the_quota(ring, quotas, make_key):
    key = ring.find(make_key(quota="10/minute"), Scope.ANALYZE)
    quotas.spend(key, 10)
    with pytest.raises(TooMany):
        quotas.spend(key, 5)


def test_all_of_a_quota_can_be_used_though_it_is_taken_in_lots(ring, quotas, make_key):
    key = ring.find(make_key(quota="207/day"), Scope.ANALYZE)
    for _ in range(207):
        quotas.spend(key)
    with pytest.raises(TooMany):
        quotas.spend(key)


def test_processes_share_a_quota(core, ring, make_key):
    some = [Quotas(core, Patience(wait=5)) for _ in range(2)]
    key = ring.find(make_key(quota="100/day"), Scope.ANALYZE)
    assert 95 <= sum(is_let(some[number % 2], key) for number in range(200)) <= 100


def is_let(quotas, key):
    try:
        quotas.spend(key)
    except TooMany:
        return False
    return True


def test_while_the_store_is_away_nothing_is_counted_and_all_may_pass(core, away):
    lost = replace(core, redis=away)
    key = ApiKey(id="x", scope=Scope.ANALYZE, quota="1/day")
    quotas, ring = Quotas(lost, Patience(wait=5)), Keyring(lost, Patience(wait=5))
    for _ in range(3):
        quotas.spend(key)
    assert ring.used_this_month(key) == 0


def test_a_view_may_need_a_key(app, make_key, news, core):
    def ask(key, scope, site=""):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        with app.test_request_context(headers=headers):
            return caller.needs(scope, site)

    everywhere, here = make_key("manage"), make_key("manage", site="news", quota="1/day")
    assert ask(everywhere, Scope.MANAGE, "news").scope is Scope.MANAGE
    assert ask(here, Scope.MANAGE, "news").site == "news"
    for key, site, error in (
        ("", "news", KeyRefused),
        ("wrong", "news", KeyRefused),
        (make_key("counts"), "news", ScopeMissing),
        (here, "other", ScopeMissing),
        (here, "news", TooMany),
    ):
        with pytest.raises(error):
            ask(key, Scope.MANAGE, site)
