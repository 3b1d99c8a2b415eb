"""An id holds everything about its captcha, and only ids that we signed are accepted."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.captcha import IMAGE, POW, Captcha, ForgedCaptcha, belongs, is_near, mint, read
from service.captcha.token import FIELDS
from service.domain.network import neighbourhood

SECRET = b"a secret of thirty-two bytes !!!"
NOW = datetime(2030, 5, 17, 12, 0, 30, 250_000, tzinfo=UTC)
NONCES = st.binary(min_size=16, max_size=16)
SPELLING = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def a_captcha(site: str = "gazette", provider: int = IMAGE, nonce: bytes = b"n" * 16) -> Captcha:
    return mint(SECRET, site, provider, now=NOW, nonce=nonce)


@settings(deadline=None)
@given(site=st.text(), provider=st.integers(1, 15), nonce=NONCES)
def test_an_id_reads_back_as_it_was_minted(site, provider, nonce):
    captcha = a_captcha(site.encode(errors="ignore").decode(), provider, nonce)
    assert read(SECRET, captcha.id) == captcha
    assert captcha.provider == provider
    assert bytes.fromhex(captcha.nonce) == nonce


def test_an_id_is_short_and_safe_in_a_url():
    token = a_captcha().id
    assert len(token) == 80
    assert set(token) <= set(SPELLING)


@pytest.mark.parametrize("minutes", [1, 10, 60])
def test_the_expiry_is_carried_in_whole_seconds(minutes):
    lifetime = timedelta(minutes=minutes)
    captcha = mint(SECRET, "gazette", POW, now=NOW, nonce=b"n" * 16, lifetime=lifetime)
    assert captcha.expires_at == NOW.replace(microsecond=0) + lifetime
    assert read(SECRET, captcha.id).expires_at == captcha.expires_at


@settings(deadline=None)
@given(place=st.integers(0, 79), char=st.sampled_from(SPELLING))
def test_an_id_with_any_character_changed_is_refused(place, char):
    token = a_captcha().id
    altered = token[:place] + char + token[place + 1 :]
    if altered == token:
        return
    with pytest.raises(ForgedCaptcha):
        read(SECRET, altered)


@settings(deadline=None)
@given(token=st.one_of(st.text(), st.text(SPELLING, min_size=80, max_size=80)))
def test_rubbish_is_refused(token):
    with pytest.raises(ForgedCaptcha):
        read(SECRET, token)
    assert not belongs(SECRET, token, "gazette")


@pytest.mark.parametrize("decorate", ["{}=", "{}\n", " {}", "{}AAAA"])
def test_an_id_has_one_spelling(decorate):
    with pytest.raises(ForgedCaptcha):
        read(SECRET, decorate.format(a_captcha().id))


def test_another_secret_is_refused():
    with pytest.raises(ForgedCaptcha):
        read(b"another secret of thirty-two byt", a_captcha().id)


@settings(deadline=None)
@given(other=st.text().filter(lambda site: site != "gazette"))
def test_a_captcha_belongs_to_its_own_site_only(other):
    captcha = a_captcha("gazette")
    assert belongs(SECRET, captcha, "gazette")
    assert belongs(SECRET, captcha.id, "gazette")
    assert not belongs(SECRET, captcha, other)


def test_a_nonce_of_another_length_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="16 bytes"):
        a_captcha(nonce=b"short")


def test_the_time_of_issue_is_carried_in_milliseconds():
    assert read(SECRET, a_captcha().id).issued_at == NOW


def test_a_captcha_counts_in_its_network_only():
    bound = mint(SECRET, "gazette", IMAGE, now=NOW, nonce=b"n" * 16, network="192.0.2.0/24")
    assert is_near(SECRET, read(SECRET, bound.id), "192.0.2.0/24")
    assert not is_near(SECRET, bound, "198.51.100.0/24")
    assert not is_near(SECRET, bound, "")
    assert is_near(SECRET, a_captcha(), "198.51.100.0/24")


def test_an_id_does_not_tell_who_shares_a_network():
    one, two = (
        mint(SECRET, "gazette", IMAGE, now=NOW, nonce=nonce * 16, network="192.0.2.0/24")
        for nonce in (b"m", b"n")
    )
    assert FIELDS.unpack(_blob(one))[-1] != FIELDS.unpack(_blob(two))[-1]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.9", "192.0.2.0/24"),
        ("::ffff:192.0.2.9", "192.0.2.0/24"),
        ("2001:db8:1:2ab::9", "2001:db8:1:200::/56"),
        ("2001:db8:1:2ff::/64", "2001:db8:1:200::/56"),
        ("unknown", "unknown"),
        ("", "unknown"),
    ],
)
def test_neighbouring_addresses_share_a_network(address, network):
    assert neighbourhood(address) == network


def _blob(captcha: Captcha) -> bytes:
    return urlsafe_b64decode(captcha.id)[: FIELDS.size]
