"""The encoder of many languages gives margins that its explanations add up to."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.encoding.convolution import Convolution
from models.encoding.encoder import WORST
from models.encoding.load import load_encoder
from models.encoding.multilingual import MOST_GROUPS, MOST_STRETCHED, MultilingualEncoder
from models.encoding.perceptron import Perceptron
from models.encoding.sentence import SentenceReader
from models.encoding.subwords import Subwords
from tests.models.encoding.multilingual import (
    HEADS,
    encoder,
    heads_arrays,
    network_arrays,
    pieces_model,
)

ENCODER = encoder()
TEXTS = ["Du bist ein Clown!", "", "что вы делаете", "市長は公園を閉める", "🤡" * 30, "la piscine"]
LONG = "le maire a décidé de fermer la piscine " * 30
SPOKEN = "The fox is tired of rain. Du bist ein müder clown! You are a clown. "
SLOW = 1.0  # seconds of a core; the product takes a quarter, a machine that tests may take more


def added_up(text, attribute):
    spans = ENCODER.explain(text, attribute)
    return ENCODER.baseline(attribute) + sum(span.contribution for span in spans)


def test_a_margin_does_not_depend_on_other_texts():
    together = ENCODER.margins([*TEXTS, LONG])

    assert together.shape == (len(TEXTS) + 1, len(HEADS))
    for text, margins in zip([*TEXTS, LONG], together, strict=True):
        assert np.array_equal(ENCODER.margins([text])[0], margins)
    assert ENCODER.margins([]).shape == (0, len(HEADS))


def test_texts_are_told_apart_and_spelling_out_of_sight_is_not():
    first, second, third = ENCODER.margins(["du bist\n müde", "du bist mü\u200bde", "clown"])
    assert np.array_equal(first, second)
    assert abs(first - third).max() > 0.01


def test_the_worst_sentence_counts_beside_the_mean_of_parts():
    reader = SentenceReader(Subwords(pieces_model()))
    network, heads = Convolution(network_arrays()), Perceptron(heads_arrays())
    whole, worst = [], []
    for part in reader.read(LONG + SPOKEN):
        features = network.features(part.ids)
        ends = features[0] + features[-1]
        stretches = [range(1, len(part.ids) - 1), *reader.sentences(part)]
        sums = np.array([ends + features[each.start : each.stop].sum(axis=0) for each in stretches])
        counts = np.array([2 + len(each) for each in stretches])
        margins = heads.margins(network.pooled(sums, counts))
        whole.append(margins[0])
        worst.append(margins.max(axis=0))

    assert len(whole) > 1
    expected = WORST * np.max(worst, axis=0) + (1 - WORST) * np.mean(whole, axis=0)
    assert ENCODER.margins([LONG + SPOKEN])[0] == pytest.approx(expected, abs=1e-5)
    assert np.max(worst, axis=0) != pytest.approx(np.max(whole, axis=0), abs=1e-3)


@pytest.mark.parametrize("attribute", HEADS)
@pytest.mark.parametrize("text", [*TEXTS, LONG, SPOKEN * 2, LONG + SPOKEN])
def test_what_words_add_makes_up_the_margin(text, attribute):
    margin = ENCODER.margins([text])[0, HEADS.index(attribute)]
    assert added_up(text, attribute) == pytest.approx(margin, abs=1e-4)


@given(st.text(max_size=80))
def test_every_text_is_explained_within_its_bounds(text):
    spans = ENCODER.explain(text, "TOXICITY")

    assert (spans[-1].start, spans[-1].end) == (0, len(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans[:-1])
    assert added_up(text, "TOXICITY") == pytest.approx(ENCODER.margins([text])[0, 0], abs=1e-4)


@pytest.mark.parametrize("attribute", HEADS)
def test_the_only_word_of_a_text_adds_all_of_it(attribute):
    text = "  Clown"
    word, rest = ENCODER.explain(text, attribute)
    margin = ENCODER.margins([text])[0, HEADS.index(attribute)]

    assert (word.start, word.end) == (2, 7)
    assert word.contribution == pytest.approx(margin - ENCODER.baseline(attribute), abs=1e-4)
    assert (rest.start, rest.end) == (0, 7)


def test_a_word_adds_what_the_text_loses_without_it():
    words = [
        "du",
        "bist",
        "ein",
        "clown",
        "und",
        "der",
        "rat",
        "ist",
        "müde",
        "you",
        "are",
        "the",
        "fox",
    ]
    head = HEADS.index("SPAM")
    whole = ENCODER.margins([" ".join(words)])[0, head]
    shorter = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))]
    without = ENCODER.margins(shorter)[:, head]
    spans = ENCODER.explain(" ".join(words), "SPAM")[:-1]
    added = np.array([span.contribution for span in spans])

    assert len(added) == len(words)
    scale = added @ (whole - without) / ((whole - without) @ (whole - without))
    assert added == pytest.approx(scale * (whole - without), abs=1e-4)
    assert 1 / MOST_STRETCHED <= scale <= MOST_STRETCHED


def test_words_of_a_long_text_are_taken_together():
    spans = ENCODER.explain(LONG, "SPAM")[:-1]
    assert len(spans) > MOST_GROUPS
    assert len({span.contribution for span in spans}) <= MOST_GROUPS


@pytest.mark.parametrize(
    "text",
    [
        "clown " * 5000,
        "市長は公園を閉める" * 2500,
        "a" * 20_000,
        "🤡" * 20_000,
        "".join(map(chr, range(0x110000)))[::61],
    ],
)
def test_hostile_texts_take_bounded_time(text):
    assert min(seconds_of(text) for _ in range(3)) < SLOW


def seconds_of(text):
    start = time.thread_time()
    assert np.isfinite(ENCODER.margins([text])).all()
    return time.thread_time() - start


def test_a_folder_is_read_by_its_description(tmp_path):
    (tmp_path / "pieces.model").write_bytes(pieces_model())
    np.savez(tmp_path / "network.npz", **network_arrays())
    np.savez(tmp_path / "heads.npz", **heads_arrays())
    described = {"file": "network.npz", "pieces": "pieces.model", "heads": "heads.npz"}
    loaded = load_encoder(tmp_path, {"kind": "convolution", **described}, {})

    assert loaded.attributes == HEADS
    assert np.array_equal(loaded.margins(TEXTS), ENCODER.margins(TEXTS))


def test_parts_of_an_encoder_that_do_not_fit_are_refused():
    reader, heads = SentenceReader(Subwords(pieces_model())), Perceptron(heads_arrays())
    with pytest.raises(ValueError, match="do not fit together"):
        MultilingualEncoder(reader, Convolution(network_arrays(rows=71)), heads)
