"""A text becomes parts of pieces that point at its characters, with names of groups masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.encoding.passage import (
    MOST_CHARACTERS,
    MOST_PARTS,
    MOST_PIECES,
    MOST_READINGS,
    PassageReader,
)
from models.encoding.wordpiece import WordPiece
from models.reading.lexicon import Lexicon
from models.reading.words import WordReader
from tests.models.encoding.artifact import VOCABULARY, WORDS

ODD = st.lists(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from(["gay ", "women", " black people", "cl*wn", "🤡", "f.o.x", "\ud800", "!"]),
    ),
    max_size=60,
).map("".join)


def passages():
    return PassageReader(WordPiece(VOCABULARY), WordReader(Lexicon(WORDS.split(), ["clown"])))


def words(sequel):
    return " ".join(VOCABULARY[place] for place in sequel.ids)


def test_a_disguised_word_is_read_and_an_emoji_named():
    [part] = passages().read("YOU are a c*lown 😂")
    assert words(part.plain) == "[CLS] you are a clown face with tears of joy [SEP]"


def test_names_of_groups_are_masked_for_those_who_should_not_see_them():
    [part] = passages().read("The women, the gay fox.")

    assert words(part.plain) == "[CLS] the w ##o ##m ##e ##n , the g ##a ##y fox . [SEP]"
    assert words(part.masked) == "[CLS] the [MASK] , the [MASK] fox . [SEP]"


def test_a_text_that_names_no_group_is_read_once():
    [part] = passages().read("the fox")
    assert part.masked is part.plain


def test_an_author_cannot_set_the_mark():
    [part] = passages().read("the \ua66efox")
    assert part.masked is part.plain
    assert words(part.plain) == "[CLS] the fox [SEP]"


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\ud800"])
def test_a_text_without_words_is_one_empty_part(text):
    [part] = passages().read(text, traced=True)
    assert words(part.plain) == "[CLS] [SEP]"


@pytest.mark.parametrize("count", [1, 64, 65, 230, 768, 769, 5000])
@pytest.mark.parametrize("unit", ["fox ", "?!", "gay x ", "a" * 90 + " ", "a.b?" * 30 + " "])
def test_a_long_text_has_few_parts_of_limited_length(unit, count):
    parts = passages().read(unit * count)

    assert 1 <= len(parts) <= MOST_PARTS
    for part in parts:
        assert len(part.masked.ids) <= len(part.plain.ids) <= MOST_PIECES + 2
    lengths = [len(part.masked.ids) for part in parts]
    assert max(lengths) <= 2 * min(lengths), "a short rest would be a part of its own"
    assert len(parts) + sum(part.plain is not part.masked for part in parts) <= MOST_READINGS


def test_of_a_very_long_text_beginning_and_end_are_read():
    text = f"clown {'the ' * MOST_CHARACTERS} idiot"
    parts = passages().read(text, traced=True)

    assert words(parts[0].plain).startswith("[CLS] clown the")
    assert words(parts[-1].plain).endswith("idiot [SEP]")
    start, end = parts[-1].plain.spans[-2]
    assert text[start:end] == "idiot"


@given(ODD)
def test_pieces_point_into_the_source_and_tracing_changes_none(text):
    reader = passages()
    plain, traced = reader.read(text), reader.read(text, traced=True)

    assert [part.plain.ids for part in traced] == [part.plain.ids for part in plain]
    assert [part.masked.ids for part in traced] == [part.masked.ids for part in plain]
    for part in traced:
        for sequel in (part.plain, part.masked):
            assert len(sequel.spans) == len(sequel.ids)
            assert all(0 <= start <= end <= len(text) for start, end in sequel.spans)
