"""A code is derived from its captcha, and is recognised in any usual spelling."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.captcha import IMAGE, POW, Captcha, code, matches, mint
from service.captcha.code import ALPHABET, FORGIVEN, LENGTH

SECRET = b"a secret of thirty-two bytes !!!"


def a_captcha(number: int = 0, provider: int = IMAGE) -> Captcha:
    now = datetime(2030, 5, 17, tzinfo=UTC)
    return mint(SECRET, "gazette", provider, now=now, nonce=number.to_bytes(16))


def one_with(char: str) -> Captcha:
    numbers = iter(range(10_000))
    return next(found for n in numbers if char in code(SECRET, found := a_captcha(n)))


@settings(deadline=None)
@given(number=st.integers(0, 2**128 - 1))
def test_a_code_is_short_and_of_the_alphabet(number):
    letters = code(SECRET, a_captcha(number))
    assert len(letters) == LENGTH
    assert set(letters) <= set(ALPHABET)
    assert matches(SECRET, a_captcha(number), letters)


def test_a_code_follows_from_the_captcha_and_the_secret():
    assert code(SECRET, a_captcha(1)) == code(SECRET, a_captcha(1))
    assert code(SECRET, a_captcha(1)) != code(SECRET, a_captcha(2))
    assert code(SECRET, a_captcha(1)) != code(b"another", a_captcha(1))


def test_every_character_is_as_likely_as_the_others_in_every_place():
    codes = [code(SECRET, a_captcha(number)) for number in range(5_000)]
    expected = len(codes) / len(ALPHABET)
    for place in range(LENGTH):
        counts = Counter(letters[place] for letters in codes)
        chi_squared = sum((counts[c] - expected) ** 2 / expected for c in ALPHABET)
        # With 12 degrees of freedom, chance exceeds 42 once in 30 000 times; this draw is fixed.
        assert chi_squared < 42


@pytest.mark.parametrize(
    "typed",
    [str.lower, str.upper, " {} ".format, " ".join, "\t".join, "{}\n".format],
    ids=["lower case", "upper case", "padded", "spaced", "tabs", "newline"],
)
def test_case_and_spaces_do_not_matter(typed):
    assert matches(SECRET, a_captcha(), typed(code(SECRET, a_captcha())))


@pytest.mark.parametrize("zero", [0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10, 0x1D7CE, 0x1E950])
def test_digits_of_every_script_count_by_their_value(zero):
    digits = {str(value): chr(zero + value) for value in range(10)}
    captcha = one_with("4")
    answer = "".join(digits.get(char, char) for char in code(SECRET, captcha))
    assert answer != code(SECRET, captcha)
    assert matches(SECRET, captcha, answer)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("-".join, id="hyphens"),
        pytest.param("\u2011".join, id="hard hyphens"),
        pytest.param("\u200e".join, id="direction marks"),
        pytest.param("\u2066{}\u2069".format, id="isolated"),
        pytest.param("\u201e{}\u201c".format, id="German quotes"),
        pytest.param("'{}'".format, id="straight quotes"),
        pytest.param("\u00ab{}\u00bb.".format, id="French quotes"),
        pytest.param("\u300c{}\u300d".format, id="corner brackets"),
        pytest.param("\xa0{}\u202f".format, id="hard blanks"),
    ],
)
def test_what_stands_around_or_between_does_not_matter(typed):
    assert matches(SECRET, a_captcha(), typed(code(SECRET, a_captcha())))


@pytest.mark.parametrize(("typed", "meant"), [("\u0417", "3"), ("\ua4e7", "H"), ("\u13b3", "W")])
def test_letters_of_other_scripts_that_look_alike_are_forgiven(typed, meant):
    captcha = one_with(meant)
    assert matches(SECRET, captcha, code(SECRET, captcha).replace(meant, typed))


def test_wide_letters_do_not_matter():
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code(SECRET, a_captcha()))
    assert matches(SECRET, a_captcha(), wide)


@pytest.mark.parametrize(("typed", "meant"), [(chr(a), b) for a, b in FORGIVEN.items()])
def test_look_alikes_and_sound_alikes_are_forgiven(typed, meant):
    captcha = one_with(meant)
    answer = code(SECRET, captcha).replace(meant, typed)
    assert matches(SECRET, captcha, answer)
    assert matches(SECRET, captcha, answer.lower())


def test_what_is_forgiven_never_makes_two_codes_one():
    assert not {chr(typed) for typed in FORGIVEN} & set(ALPHABET)


@settings(deadline=None)
@given(answer=st.text(alphabet=st.characters(), max_size=100))
def test_rubbish_is_wrong_and_never_raises(answer):
    assert not matches(SECRET, a_captcha(), answer + "A")


@pytest.mark.parametrize("answer", ["", "\ud800", "\ufdfa" * 64, "x" * 10_000_000, "\0"])
def test_odd_answers_are_wrong(answer):
    assert not matches(SECRET, a_captcha(), answer)


def test_a_proof_of_work_has_no_code_to_type():
    captcha = a_captcha(provider=POW)
    assert not matches(SECRET, captcha, code(SECRET, captcha))
