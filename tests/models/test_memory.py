"""The word cache is bounded, is shared by threads, and changes no result."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.features.ngrams import Hasher
from models.features.occurrences import KEY_BITS, Scheme
from models.features.wordbook import Wordbook
from models.reading.chunks import SPELT, may_be_spelt_out
from models.reading.memory import LONGEST_WORD, Memory

SCHEMES = {
    "words": Scheme(bits=12),
    "words and asides": Scheme(bits=12, aside=8, reach=3, pivots=("not", "\ua66e")),
    "long parts": Scheme(bits=12, shortest=1, longest=6, pairs=False),
    "characters": Scheme(bits=12, shortest=1, longest=3, words=False),
}
WORD = st.one_of(
    st.text("abcé한ꙮ!", min_size=1, max_size=8),
    st.sampled_from(["not", "ꙮgay", "x" * 39, "x" * 41, "y" * 70, "\ud800a"]),
)
TEXTS = st.lists(
    st.lists(WORD, max_size=6).map(lambda words: f" {' '.join(words)} "), min_size=1, max_size=5
)


def upper(words: Sequence[str]) -> list[str]:
    return [word.upper() for word in words]


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())
@settings(deadline=None)
@given(batches=st.lists(TEXTS, min_size=1, max_size=3))
def test_remembered_features_are_the_hasher_s(scheme: Scheme, batches: list[list[str]]) -> None:
    hasher, wordbook = Hasher(scheme), Wordbook(Hasher(scheme), most=4)

    for texts in batches:
        expected, features = hasher.features(texts), wordbook.features(texts)
        assert features.rows.tolist() == expected.rows.tolist()
        assert features.places.tolist() == expected.places.tolist()
        assert features.counts.tolist() == expected.counts.tolist()


def test_many_texts_at_once_have_the_same_features() -> None:
    texts = [f" word{number} and more " for number in range(2000)]
    expected, features = (
        Hasher(SCHEMES["words"]).features(texts),
        Wordbook(Hasher(SCHEMES["words"])).features(texts),
    )

    assert (features.rows << KEY_BITS | features.places).tolist() == (
        expected.rows << KEY_BITS | expected.places
    ).tolist()


def test_the_memory_is_bounded_and_forgets_what_is_old() -> None:
    memory = Memory(upper, most=10)
    for number in range(100):
        assert memory.of([f"word{number}", "usual"]) == [f"WORD{number}", "USUAL"]
        assert len(memory) <= 10


def test_what_is_asked_for_again_and_again_is_not_forgotten() -> None:
    worked_out: list[str] = []

    def noted(words: Sequence[str]) -> list[str]:
        worked_out.extend(words)
        return upper(words)

    memory = Memory(noted, most=10)
    for number in range(100):
        memory.of([f"word{number}", "usual"])

    assert worked_out.count("usual") == 1


def test_more_words_at_once_than_fit_are_answered() -> None:
    memory = Memory(upper, most=10)

    assert memory.of([f"w{n}" for n in range(50)]) == [f"W{n}" for n in range(50)]
    assert len(memory) <= 10


def test_very_long_words_are_not_kept() -> None:
    memory = Memory(upper)
    memory.of(["a" * LONGEST_WORD, "a" * (LONGEST_WORD + 1)])

    assert len(memory) == 1


def test_threads_share_a_memory_while_it_forgets() -> None:
    memory = Memory(upper, most=20)
    asked = [[f"w{(n * 7 + k) % 60}" for k in range(9)] for n in range(3000)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(memory.of, asked))

    assert answers == [upper(words) for words in asked]
    assert len(memory) <= 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s t u p i d", True),
        ("the U.S.A. today", True),
        ("f-o-x", True),
        ("a cat and I sat", False),
        ("I, a reader", False),
        ("", False),
    ],
)
def test_spelt_out_words_are_noticed(text: str, expected: bool) -> None:
    assert may_be_spelt_out(text) is expected


@given(st.text("ab1é  ._-\t", max_size=14))
def test_the_quick_look_for_spelt_out_words_misses_none(text: str) -> None:
    assert may_be_spelt_out(text) is (SPELT.search(text) is not None)
