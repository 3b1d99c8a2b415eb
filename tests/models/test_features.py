"""Features are the same one by one, in batches, and with positions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.features.ngrams import Hasher
from models.features.occurrences import GROUPS, KEY_BITS, Scheme
from models.training.data.matrix import features_of, matrix_of

SCHEMES = {
    "words": Scheme(bits=12),
    "words and asides": Scheme(bits=12, aside=8, reach=3, pivots=("not", "\ua66e")),
    "characters": Scheme(bits=12, shortest=1, longest=3, words=False),
}
TEXTS = st.lists(
    st.lists(st.text("abcé한ꙮ!", min_size=1, max_size=8), max_size=6).map(
        lambda words: f" {' '.join(words)} "
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())
@settings(deadline=None)  # a busy machine must not fail the test
@given(texts=TEXTS)
def test_a_batch_has_the_features_of_its_texts(scheme: Scheme, texts: list[str]) -> None:
    hasher = Hasher(scheme)
    together = hasher.features(texts)

    for place, text in enumerate(texts):
        alone = hasher.features([text])
        own = together.rows // GROUPS == place
        assert together.places[own].tolist() == alone.places.tolist()
        assert together.counts[own].tolist() == alone.counts.tolist()


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())
@settings(deadline=None)  # a busy machine must not fail the test
@given(texts=TEXTS)
def test_occurrences_are_the_features_where_they_stand(scheme: Scheme, texts: list[str]) -> None:
    hasher = Hasher(scheme)
    text = texts[0]
    counted, occurrences = hasher.features([text]), hasher.occurrences(text)
    keys, counts = np.unique(occurrences.rows << KEY_BITS | occurrences.places, return_counts=True)

    assert keys.tolist() == (counted.rows << KEY_BITS | counted.places).tolist()
    assert counts.tolist() == counted.counts.tolist()
    assert all(
        0 <= a < b <= len(text) for a, b in zip(occurrences.starts, occurrences.ends, strict=True)
    )


def test_training_and_serving_see_the_same_numbers() -> None:
    texts = [" you are a fox ", " a a a ", " ! "]
    scheme = Scheme(bits=12)
    rarity, step = np.arange(scheme.size, dtype=np.int64).astype(np.uint8), 0.03
    matrix = matrix_of(features_of(texts, scheme), scheme, rarity, step)

    for place, text in enumerate(texts):
        alone = matrix_of(features_of([text], scheme), scheme, rarity, step)
        assert np.array_equal(matrix[place].toarray(), alone.toarray())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(" a gay fox ", " a lesbian fox ", True), (" a gay fox ", " a brown fox ", False)],
)
def test_groups_of_people_are_one_word_outside_the_places_aside(
    one: str, other: str, same: bool
) -> None:
    hasher = Hasher(SCHEMES["words and asides"])
    marked = [
        text.replace(" gay", " \ua66egay").replace(" lesbian", " \ua66elesbian")
        for text in (one, other)
    ]
    left, right = (hasher.features([text]).places for text in marked)

    limit = 1 << 12
    assert (left[left < limit].tolist() == right[right < limit].tolist()) is same
