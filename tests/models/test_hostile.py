"""No text, however constructed, takes the classifier more time than its length justifies."""

from itertools import cycle

import pytest

from models import ATTRIBUTES, Classifier
from models.features.signs import signs_of
from tests.hostile import FRAMES, UNITS, is_linear, texts


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_the_time_grows_with_the_length_and_no_faster(classifier, unit):
    slow = [f for f in FRAMES if not is_linear(lambda text: classifier.score([text]), unit, f)]
    assert slow == []


def test_signs_of_spam_are_found_in_linear_time():
    slow = [u for u in UNITS if not is_linear(lambda text: signs_of([text]), u, "{}")]
    assert slow == []


def test_each_can_be_explained(classifier):
    # The attributes take turns: they share the code, and the weights alone differ.
    for text, attribute in zip(texts(400), cycle(ATTRIBUTES), strict=False):
        for span in classifier.explain(text, attribute):
            assert 0 <= span.start <= span.end <= len(text)
