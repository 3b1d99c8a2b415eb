"""Emoji become words, however they are dressed and however many there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.encoding.emoji import MOST_NAMED, name_emoji
from models.reading.draft import TextDraft
from models.reading.identity import names_a_group


def named(text):
    draft = TextDraft(text)
    name_emoji(draft)
    return " ".join(draft.text.split())


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("you 🤡", "you clown face"),
        ("a🤡b", "a clown face b"),
        ("🤡🤡🤡", "clown face"),
        ("👍🏿 👍🏻", "thumbs up thumbs up"),
        ("❤️", "heart"),
        ("🤷🏽‍♂️", "shrug"),
        ("🇺🇦🇺🇦", "flag"),
        ("1️⃣ © ™ ½", "1️⃣ © ™ ½"),
        ("🅵🅾🆇", "🅵🅾🆇"),
        ("plain", "plain"),
    ],
)
def test_an_emoji_is_named(written, words):
    assert named(written) == words


def test_no_name_speaks_of_a_group_where_the_emoji_does_not():
    assert not names_a_group(named("🖤🤍☺🏴🏳⬛⬜✅"))


def test_decoration_is_bounded():
    assert named("🤡😂" * 10_000).count("face") == MOST_NAMED


@given(st.text(st.one_of(st.characters(codec=None), st.sampled_from("🤡😂🏽‍️🇺🇸♀❤")), max_size=40))
def test_each_character_keeps_its_place(text):
    plain, traced = TextDraft(text), TextDraft(text, traced=True)
    name_emoji(plain)
    name_emoji(traced)

    assert traced.text == plain.text
    assert len(traced.origins) == len(traced.text)
    assert all(0 <= origin <= len(text) for origin in traced.origins)
