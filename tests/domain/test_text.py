"""Cleaned text has no hidden content, and cleaning it again changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import invisibles
from service.domain.text import clean_body, clean_name, is_blank
from tests.honest import SENTENCES


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


@pytest.mark.parametrize("language", SENTENCES)
def test_honest_text_stays_as_it_is(language):
    honest = unicodedata.normalize("NFC", SENTENCES[language])
    assert clean_body(SENTENCES[language]) == honest
    assert clean_body(f"{honest}\n\n{honest}") == f"{honest}\n\n{honest}"


@pytest.mark.parametrize("language", SENTENCES)
def test_an_honest_name_loses_at_most_wide_blanks_and_directions(language):
    honest = unicodedata.normalize("NFC", SENTENCES[language])
    for direction in invisibles.DIRECTIONS:
        honest = honest.replace(direction, "")
    assert clean_name(SENTENCES[language]) == " ".join(honest.split())


def tagged(code):
    return "".join(chr(0xE0000 + ord(letter)) for letter in code)


ENGLAND = f"🏴{tagged('gbeng')}\U000e007f"


@pytest.mark.parametrize(
    ("smuggled", "kept"),
    [
        (f"hello{tagged('secret')}", "hello"),
        (f"🏴{tagged('ustx')}\U000e007f", "🏴"),
        (f"🏴{tagged('gbeng')}", "🏴"),
        (f"{ENGLAND}{tagged('more')}", ENGLAND),
        ("😀" + "".join(chr(0xE0100 + byte) for byte in b"payload"), "😀"),
        ("😀\ufe0f\ufe0f\ufe01\ufe0e", "😀\ufe0f"),
        ("葛\U000e0100\U000e0101\U000e0102", "葛\U000e0100"),
        ("a\U000e0100b\ufe0fc\ufe00", "abc"),
        ("call 0\ufe0f1\ufe0f2\ufe0f", "call 012"),
        ("ka\u180bt\u180ezen", "katzen"),
        ("p\u034fills", "pills"),
        ("pil\u200els", "pills"),
        ("שלום pil\u200els", "שלום pills"),
        ("5\u200f-3 and no letter", "5-3 and no letter"),
        ("\u2066evil\u2069 \u202dabc\u202c", "evil abc"),
        ("via\u115fgra and via\u1160gra", "viagra and viagra"),
        ("via\u3164gra", "via gra"),
        ("soft\u00adhyphen\ufeff\u2061", "softhyphen"),
        ("ส" + "\u0e47" * 30, "ส" + "\u0e47" * 4),
        ("ཀ" + "\u0f90" * 90, "ཀ" + "\u0f90" * 9),
        ("\ufdd0\uffff\U0002ffff\U000e0001", ""),
    ],
)
def test_nothing_is_smuggled(smuggled, kept):
    assert clean_body(smuggled) == kept


def test_what_a_later_unicode_calls_an_emoji_is_seen():
    assert not is_blank("\U0001faef")


def test_a_long_line_is_cleaned_in_no_time():
    assert len(clean_body("x\u0301\u200d" * 100_000)) <= 300_000


@pytest.mark.parametrize("typed", ["", " \n\t", "\u200b\u200d", "\u3164", "\u2800\u00a0"])
def test_what_cannot_be_seen_is_blank(typed):
    assert is_blank(clean_body(typed))


# What invisible characters act on, and the invisible characters themselves.
TOUCHY = (
    *("a", "1", "#", " ", "\n", "é", "e\u0301", "\u0301", "א", "ب", "क", "\u094d", "ෙ", "\u0dca"),
    *("葛", "ក", "ᠠ", "ᄀ", "ᅡ", "\u05b4", "❤", "🏴", "👩", "\u20e3", "∩", "、", "\u2800", "\u3164"),
    *("\u00ad", "\u202e", "\U000e0001", "\ud83d", "\x00", "\u2029", tagged("gbeng"), "\U000e007f"),
    *"\u034f\u061c\u115f\u1160\u180b\u180e\u200b\u200c\u200d\u200e\u200f\ufe00\ufe0f\U000e0100",
)


@given(
    st.one_of(
        st.text(alphabet=st.characters(codec=None), max_size=200),
        st.lists(st.sampled_from(TOUCHY), max_size=40).map("".join),
    )
)
def test_cleaning_is_idempotent_and_never_fails(typed):
    once = clean_body(typed)
    assert clean_body(once) == once
    assert clean_name(clean_name(typed)) == clean_name(typed)
    assert once == unicodedata.normalize("NFC", once)
    once.encode("utf-8")
    kinds = {unicodedata.category(char) for char in once if char not in "\n\t"}
    assert not kinds & {"Cc", "Cs", "Co"}
    assert not set(once) & set("\u00ad\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068")
