"""Cleaned text has no hidden content, and cleaning it again changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import clean_body, clean_name, is_blank


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Hello \r\nthere\r", "Hello\nthere"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("in\u200bvis\u2060ible", "invisible"),
        ("\u202eevil\u202c", "evil"),
        ("Z̴̡̢̧̨̛͖̗̘̙", "Z" + unicodedata.normalize("NFC", "Z̴̡̢̧̨̛͖̗̘̙")[1:5]),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("pil\u200cls and spa\u200dm", "pills and spam"),
        ("Z" + "\u0335\u200d" * 9, "Z" + "\u0335" * 4),
        ("a\u200b\u0301", "á"),
        ("one\u2029two\x0bthree", "one\n\ntwo\nthree"),
        ("sec\ufe01ret\U000e0141", "secret"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\ud800half", "\ufffdhalf"),
        ("nul\x00l", "null"),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_a_body_is_cleaned(typed, kept):
    assert clean_body(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ann\n\n  of\tthe  Tram ", "Ann of the Tram"),
        ("Ann\u3164\u3164", "Ann"),
        ("\u202eroti\u2066de\u2069", "rotide"),
        ("\u200f\u061cعادل", "عادل"),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(typed, kept):
    assert clean_name(typed) == kept


def test_a_long_line_is_cleaned_in_no_time():
    assert len(clean_body("x\u0301\u200d" * 100_000)) <= 300_000


@pytest.mark.parametrize("typed", ["", " \n\t", "\u200b\u200d", "\u3164", "\u2800\u00a0"])
def test_what_cannot_be_seen_is_blank(typed):
    assert is_blank(clean_body(typed))


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_cleaning_is_idempotent_and_never_fails(typed):
    once = clean_body(typed)
    assert clean_body(once) == once
    once.encode("utf-8")
    assert not {unicodedata.category(char) for char in once} & {"Cc", "Cs"} - {"Cc"}
