"""A proof of work counts only for its own captcha."""

import base64
import json
from datetime import UTC, datetime, timedelta

import altcha
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.captcha import EFFORTS, IMAGE, POW, Captcha, challenge, level_done, mint, solved

SECRET = b"a secret of thirty-two bytes !!!"
LATER = timedelta(minutes=10)


def a_captcha(nonce: bytes = b"n" * 16, provider: int = POW, lifetime=LATER) -> Captcha:
    # ALTCHA compares the expiry with the system clock, so these captchas start now.
    now = datetime.now(UTC)
    return mint(SECRET, "gazette", provider, now=now, nonce=nonce, lifetime=lifetime)


def proof_of(captcha: Captcha) -> altcha.Payload:
    asked = altcha.Challenge.from_dict(challenge(SECRET, captcha))
    solution = altcha.solve_challenge(asked)
    assert solution is not None
    return altcha.Payload(asked, solution)


@pytest.fixture(scope="module")
def captcha() -> Captcha:
    return a_captcha()


@pytest.fixture(scope="module")
def proof(captcha) -> altcha.Payload:
    return proof_of(captcha)


def test_the_proof_of_the_official_client_is_accepted(captcha, proof):
    assert solved(SECRET, captcha, proof.to_base64())


def test_a_challenge_is_json_and_names_its_captcha(captcha):
    asked = json.loads(json.dumps(challenge(SECRET, captcha)))
    assert asked == challenge(SECRET, captcha)
    assert asked["parameters"]["data"] == {"id": captcha.id}
    assert asked["parameters"]["expiresAt"] == captcha.expires_at.timestamp()


def test_a_proof_counts_for_no_other_captcha(proof):
    assert not solved(SECRET, a_captcha(b"m" * 16), proof.to_base64())


def test_a_proof_signed_with_another_secret_is_refused(captcha, proof):
    assert not solved(b"another", captcha, proof.to_base64())


def test_a_proof_that_comes_too_late_is_refused():
    captcha = a_captcha(lifetime=timedelta(seconds=-1))
    assert not solved(SECRET, captcha, proof_of(captcha).to_base64())


def test_an_image_captcha_cannot_be_paid_with_work():
    captcha = a_captcha(provider=IMAGE)
    assert not solved(SECRET, captcha, proof_of(captcha).to_base64())


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("solution", "counter", -1),
        ("solution", "counter", 2**40),
        ("solution", "counter", "1"),
        ("solution", "derivedKey", "00" * 32),
        ("solution", "derivedKey", None),
        ("challenge", "signature", None),
        ("challenge", "signature", "00" * 32),
        ("challenge", "parameters", {}),
        ("challenge", "parameters", []),
    ],
)
def test_an_altered_proof_is_refused(captcha, proof, part, field, value):
    altered = proof.to_dict()
    altered[part][field] = value
    assert not solved(SECRET, captcha, base64.b64encode(json.dumps(altered).encode()).decode())


@pytest.mark.parametrize("name", ["cost", "keyPrefix", "nonce", "salt", "algorithm", "expiresAt"])
def test_an_easier_challenge_is_refused(captcha, proof, name):
    altered = proof.to_dict()
    altered["challenge"]["parameters"][name] = ""
    assert not solved(SECRET, captcha, base64.b64encode(json.dumps(altered).encode()).decode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
PARTS = st.fixed_dictionaries({"challenge": JSON, "solution": JSON})


@settings(deadline=None)
@given(rubbish=st.text() | (JSON | PARTS).map(lambda v: base64.b64encode(json.dumps(v).encode())))
def test_rubbish_is_refused_and_never_raises(captcha, rubbish):
    payload = rubbish.decode() if isinstance(rubbish, bytes) else rubbish
    assert not solved(SECRET, captcha, payload)


@pytest.mark.parametrize("payload", ["A" * 10_000_000, base64.b64encode(b"[" * 3000).decode()])
def test_huge_or_deep_rubbish_is_refused(captcha, payload):
    assert not solved(SECRET, captcha, payload)


@pytest.mark.parametrize("level", [0, 1])
def test_work_counts_at_the_level_at_which_it_was_asked_for(level):
    captcha = a_captcha(provider=IMAGE)
    asked = altcha.Challenge.from_dict(challenge(SECRET, captcha, level))
    proof = altcha.Payload(asked, altcha.solve_challenge(asked))
    assert level_done(SECRET, captcha, proof.to_base64()) == level


def test_work_of_one_level_is_none_of_another():
    captcha = a_captcha()
    proof = proof_of(captcha)
    dearer = altcha.Challenge.from_dict(challenge(SECRET, captcha, 1))
    assert level_done(SECRET, captcha, altcha.Payload(dearer, proof.solution).to_base64()) is None


def test_each_level_asks_for_more_than_the_one_before():
    costs = [effort.rounds * effort.tries for effort in EFFORTS]
    assert [cost // costs[0] for cost in costs] == [1, 2, 4, 16]
