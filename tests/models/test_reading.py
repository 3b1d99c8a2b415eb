"""Every spelling is reduced to one plain form, and each letter keeps its source offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reading.draft import TextDraft
from models.reading.identity import IDENTITY_MARK
from models.reading.lexicon import Lexicon
from models.reading.links import LINK, links_in
from models.reading.normal_form import fold
from models.reading.reader import CharacterReader, SpacedReader
from models.reading.words import WordReader

WORDS = "you are an idiot stupid a fool the fox is clown what shit usa email rights and"
KNOWN = Lexicon(WORDS.split(" "), ["idiot", "stupid", "clown", "shit"])
READERS = [WordReader(KNOWN), SpacedReader(), CharacterReader()]
ODD = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("aеo1i!*.-_ '\u200b\u202e\u0301ＡİßΣς\ud800\x00😂🏽한が한"),
    ),
    max_size=60,
)


def folded(text: str) -> str:
    draft = TextDraft(text)
    fold(draft)
    return draft.text


def read(text: str, reader: WordReader | None = None) -> str:
    draft = TextDraft(text)
    fold(draft)
    (reader or READERS[0]).read(draft)
    return draft.text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Hello WÖRLD", "hello world"),
        ("ｆｕｌｌｗｉｄｔｈ", "fullwidth"),
        ("f\u200bo\u200bx\u202e", "fox"),
        ("ѕtuрid іdiоt", "stupid idiot"),
        ("Неllо", "hello"),
        ("𝓲𝓭𝓲𝓸𝓽 🅸🅳🅸🅾🆃 ⓘⓓⓘⓞⓣ ɪᴅɪᴏᴛ", "idiot idiot idiot idiot"),
        ("ты дурaк и не лечишься", "ты дурак и не лечишься"),
        ("Русский текст остаётся", "русскии текст остается"),
        ("s̶t̶u̶p̶i̶d̶", "stupid"),
        ("see https://example.org/a?b=1 now", "see httplink now"),
        ("see https://www.nytimes.com/a now", "see knownlink now"),
    ],
)
def test_a_text_is_folded_to_its_plain_form(written: str, plain: str) -> None:
    assert folded(written) == plain


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("You are an id10t!", " you are an idiot ! "),
        ("y o u  a r e  s t u p i d", " you are stupid "),
        ("s.t.u.p.i.d, st*pid and s***", " stupid , stupid and shit "),
        ("You stuipd fool", " you stupid fool "),
        ("stuuuuupid", " stupid "),
        ("an id*ot, wh*t a cl*wn and r*ghts", " an idiot , what a clown and rights "),
        ("U.S.A. e-mail 4chan 2nd G20", " usa . email 4chan 2nd g20 "),
        ("a gay fox", " a \ua66egay fox "),
        ("women's rights", " \ua66ewomen rights "),
    ],
)
def test_disguised_words_are_read_as_what_they_stand_for(written: str, words: str) -> None:
    assert read(written) == words


def test_plain_letters_are_folded_alike_with_and_without_the_table() -> None:
    printable = "".join(chr(code) for code in range(32, 127))

    assert folded(printable) == folded(printable + "\u200b")


@given(ODD)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: type(reader).__name__)
@given(text=ODD)
def test_a_traced_text_is_read_the_same_and_every_letter_has_an_origin(
    reader: WordReader, text: str
) -> None:
    draft = TextDraft(text, traced=True)
    fold(draft)
    reader.read(draft)

    assert draft.text == read(text, reader)
    assert draft.origins is not None
    assert len(draft.origins) == len(draft.text)
    assert all(0 <= origin <= len(text) for origin in draft.origins)
    assert draft.origins == sorted(draft.origins)


@given(st.text("abcdefgh ", min_size=1, max_size=40))
def test_plain_letters_map_to_themselves(text: str) -> None:
    draft = TextDraft(text, traced=True)
    fold(draft)

    assert draft.origins is not None
    for letter, origin in zip(draft.text, draft.origins, strict=True):
        assert letter == text[origin]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: type(reader).__name__)
@given(text=ODD)
def test_what_is_read_has_single_spaces_and_one_at_each_end(reader: WordReader, text: str) -> None:
    result = read(text, reader)

    assert "  " not in result.strip()
    assert result.startswith(" ")
    assert result.endswith(" ")


@given(st.text("stupid i.o1'’-()\",!?:", min_size=1, max_size=12).filter(str.split))
def test_a_stretch_is_read_alike_by_memory_and_by_rules(written: str) -> None:
    by_rules = TextDraft(written, traced=True)
    READERS[0].read(by_rules)

    assert read(written) == by_rules.text


@given(
    st.lists(
        st.sampled_from(
            ["see", "www.a.com", "http://b", "b.org/x?y=1", "(c.de)", "d.com.", "@e.com", "f..ru"]
        )
    )
)
def test_links_are_found_wherever_they_stand(parts: list[str]) -> None:
    text = " ".join(parts)

    assert links_in(text) == LINK.findall(text)


def test_a_writer_cannot_hide_a_word_behind_our_mark() -> None:
    assert folded(f"{IDENTITY_MARK}you {IDENTITY_MARK} are an {IDENTITY_MARK}idiot") == folded(
        "you  are an idiot"
    )
