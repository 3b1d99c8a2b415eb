"""A text of any language becomes parts of pieces that point at its characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.encoding.passage import MOST_CHARACTERS
from models.encoding.sentence import LONGEST, MOST_PARTS, MOST_PIECES, SentenceReader, clean
from models.encoding.subwords import Subwords
from models.reading.draft import TextDraft
from tests.models.encoding.multilingual import pieces_model

PIECES = Subwords(pieces_model())
READER = SentenceReader(PIECES)
ODD = st.lists(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from(["clown ", "müde", " городом", "公園", "🤡", "\u200b", "\ud800", "İ", "ﬃ"]),
    ),
    max_size=60,
).map("".join)


def cleaned(text):
    draft = TextDraft(text)
    clean(draft)
    return draft.text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Müde, École und Straße", "Müde, École und Straße"),
        ("MÜDE, ÉCOLE!", "müde, école!"),
        ("한국어 हिन्दी ที่นี่", "한국어 हिन्दी ที่นี่"),
        ("c\u200bl\u0336own  \n fox", "clown fox"),
        ("ｆｏｘ ℌ", "fox H"),
        ("see https://example.org/a?b=c or www.example.org", "see http or http"),
        ("@anna_b said, [user] agreed: me@example.org", "@user said, @user agreed: me@example.org"),
        ("nice 🤡", "nice clown face "),
        ("a\ud800b", "ab"),
    ],
)
def test_a_text_keeps_its_letters_and_accents(text, read):
    assert cleaned(text) == read


def test_a_short_text_is_one_part_between_two_ends():
    [part] = READER.read("du bist müde")
    assert part.ids[0] == PIECES.first
    assert part.ids[-1] == PIECES.last
    assert list(part.ids[1:-1]) == PIECES.ids("du bist müde")


@pytest.mark.parametrize("text", ["", "  ", "\ud800", "\u200b\u2060"])
def test_a_text_without_anything_to_read_has_one_empty_part(text):
    for traced in (False, True):
        [part] = READER.read(text, traced=traced)
        assert part.ids == (PIECES.first, PIECES.last)


def test_pieces_point_at_the_words_as_they_were_written():
    text = "Was? «DÉCIDÉ» 🤡 ｃｌｏｗｎ"
    [part] = READER.read(text, traced=True)
    words = [
        text[part.spans[word.start][0] : part.spans[word.stop - 1][1]]
        for word in READER.words(part)
    ]
    assert words == ["Was?", "«DÉCIDÉ»", "🤡", "🤡", "ｃｌｏｗｎ"]


def test_scripts_without_spaces_are_read_piece_by_piece():
    [part] = READER.read("市長は公園を閉める")
    assert len(READER.words(part)) == len(part.ids) - 2


def test_sentences_end_with_their_stop_and_short_ones_are_read_with_others():
    text = "You are a clown and the fox. Ha! Is the fox a clown? Du bist müde und der rat ist müde."
    [part] = READER.read(text, traced=True)
    sentences = [
        text[part.spans[stretch.start][0] : part.spans[stretch.stop - 1][1]]
        for stretch in READER.sentences(part)
    ]
    assert sentences == [
        "You are a clown and the fox.",
        "Ha! Is the fox a clown?",
        "Du bist müde und der rat ist müde.",
    ]


@given(ODD, st.integers(1, 9))
def test_every_piece_is_in_one_sentence_that_is_not_too_long(text, times):
    for part in READER.read(text * times):
        stretches = READER.sentences(part)
        places = [place for stretch in stretches for place in stretch]
        assert places == list(range(1, len(part.ids) - 1))
        assert all(len(stretch) <= LONGEST for stretch in stretches)


@given(ODD)
def test_tracing_changes_no_piece(text):
    plain, traced = READER.read(text), READER.read(text, traced=True)

    assert [part.ids for part in plain] == [part.ids for part in traced]
    for part in traced:
        spans = part.spans[1:-1]
        assert len(spans) == len(part.ids) - 2
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert [start for start, _ in spans] == sorted(start for start, _ in spans)


@given(ODD, st.integers(1, 40))
def test_parts_are_never_too_long_and_share_no_piece(text, times):
    text *= times
    parts = READER.read(text)
    draft = TextDraft(text)
    clean(draft)

    assert 1 <= len(parts) <= MOST_PARTS
    assert all(len(part.ids) <= MOST_PIECES + 2 for part in parts)
    if len(parts) < MOST_PARTS:
        assert [piece for part in parts for piece in part.ids[1:-1]] == PIECES.ids(draft.text)


def test_parts_begin_with_a_word_where_they_can():
    parts = READER.read("clown fox müde " * 100)

    assert len(parts) > 1
    assert all(PIECES.begins_word(part.ids[1]) for part in parts)


def test_a_very_long_text_is_read_at_both_ends():
    parts = READER.read("a" + "clown " * 10_000 + "z")
    written = "a" + "clown " * 10_000 + "z"
    assert len(written) > MOST_CHARACTERS
    assert len(parts) == MOST_PARTS
    assert parts[0].ids[1:3] == tuple(PIECES.ids("aclown")[:2])
    assert parts[-1].ids[-2] == PIECES.ids("clown z")[-1]


@pytest.mark.parametrize("model", [b"", b"nonsense" * 20])
def test_a_broken_model_of_pieces_is_refused(model):
    with pytest.raises(ValueError, match="model of pieces"):
        Subwords(model)


@pytest.mark.parametrize("text", ["", "du bist müde", "clown " * 300, "clown " * MOST_CHARACTERS])
def test_a_text_is_covered_if_its_parts_hold_all_pieces(text):
    held = sum(len(part.ids) - 2 for part in READER.read(text))
    assert READER.covers(text) == (held == len(PIECES.ids(cleaned(text))))
