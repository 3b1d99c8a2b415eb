"""An encoder's margins do not depend on the batch, and its explanations add up to them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.encoding.encoder import FEW
from models.encoding.load import load_encoder
from models.encoding.passage import MOST_CHARACTERS, MOST_PARTS, USUAL_PIECES, PassageReader
from models.encoding.transformer import Transformer
from models.encoding.wordpiece import WordPiece
from models.reading.lexicon import Lexicon
from models.reading.words import WordReader
from tests.models.encoding.artifact import BIASES, HEADS, VOCABULARY, WORDS, network

TEXTS = [
    "You are a clown!",
    "the fox " * 300,
    "",
    "The women are fox.",
    "The gay men, " + "the fox, " * 120 + "a clown.",
    "🤡" * 50,
]
READERS = {"en": WordReader(Lexicon(WORDS.split(), ["clown"]))}
DESCRIBED = {"kind": "transformer", "file": "n.onnx", "pieces": "n.txt", "reader": "en"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder")
    (folder / "n.onnx").write_bytes(network())
    (folder / "n.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def encoder(folder):
    return load_encoder(folder, DESCRIBED, READERS)


def test_each_text_has_a_margin_for_each_head(encoder):
    margins = encoder.margins(TEXTS)

    assert margins.shape == (len(TEXTS), len(HEADS))
    assert np.isfinite(margins).all()
    assert encoder.margins([]).shape == (0, len(HEADS))


def test_margins_do_not_depend_on_the_batch(encoder):
    together = encoder.margins(TEXTS)
    for text, margins in zip(TEXTS, together, strict=True):
        assert encoder.margins([text])[0].tolist() == margins.tolist()


@pytest.mark.parametrize("attribute", HEADS)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
def test_what_the_pieces_add_adds_up(encoder, text, attribute):
    spans = encoder.explain(text, attribute)
    margin = encoder.margins([text])[0, HEADS.index(attribute)]

    total = encoder.baseline(attribute) + sum(span.contribution for span in spans)
    assert total == pytest.approx(margin, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=80))
def test_any_text_is_explained(encoder, text):
    spans = encoder.explain(text, "INSULT")

    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    total = encoder.baseline("INSULT") + sum(span.contribution for span in spans)
    assert total == pytest.approx(encoder.margins([text])[0, HEADS.index("INSULT")], abs=1e-6)


def test_only_the_attack_on_a_group_depends_on_which_group_is_named(encoder):
    women, gays = encoder.margins(["all women are fox", "all gays are fox"])
    differs = [name for name, a, b in zip(HEADS, women, gays, strict=True) if a != b]
    assert differs == ["IDENTITY_ATTACK"]


@pytest.mark.parametrize(
    "text", ["fox clown", "the fox " * 15 + "you are a clown " * 4, "the fox " * 40 + "clown " * 90]
)
def test_the_worst_words_count_as_much_as_the_mean_of_all_parts(folder, encoder, text):
    parts = PassageReader(WordPiece(VOCABULARY), READERS["en"]).read(text)
    added = [Transformer.load(folder / "n.onnx").contributions(part.plain.ids) for part in parts]

    sums = [each.sum(axis=0) for each in added]
    windows = [
        each[start : start + FEW].sum(axis=0) * len(each) / FEW
        for each in added
        for start in range(1, len(each) - FEW)
    ]
    expected = np.max([*sums, *windows], axis=0) / 2 + np.mean(sums, axis=0) / 2 + BIASES
    assert encoder.margins([text])[0].tolist() == pytest.approx(expected.tolist())


def test_a_text_is_covered_unless_it_has_too_many_parts(encoder):
    most = MOST_PARTS * USUAL_PIECES
    assert encoder.covers("fox " * most)
    assert not encoder.covers("fox " * (most + 1))
    assert encoder.covers("😂 " * MOST_CHARACTERS) is False
    assert encoder.covers("")


def refused(content, tmp_path, match):
    path = tmp_path / "broken.onnx"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=match):
        Transformer.load(path)


def test_a_file_that_is_no_network_is_refused(tmp_path):
    refused(b"nonsense", tmp_path, r"broken\.onnx")


def test_half_a_network_is_refused(tmp_path):
    whole = network()
    refused(whole[: len(whole) // 2], tmp_path, r"broken\.onnx")


@pytest.mark.parametrize(("heads", "biases"), [(("KINDNESS",), (0,)), (HEADS, BIASES[1:])])
def test_heads_that_do_not_fit_are_refused(tmp_path, heads, biases):
    refused(network(heads=heads, biases=biases), tmp_path, "heads")


def test_a_vocabulary_that_does_not_fit_the_network_is_refused(folder, tmp_path):
    (tmp_path / "n.onnx").write_bytes((folder / "n.onnx").read_bytes())
    (tmp_path / "n.txt").write_text("\n".join([*VOCABULARY, "more"]), encoding="utf-8")
    with pytest.raises(ValueError, match="do not fit"):
        load_encoder(tmp_path, DESCRIBED, READERS)


def test_an_encoder_of_an_unknown_kind_is_refused(folder):
    with pytest.raises(ValueError, match="oracle"):
        load_encoder(folder, {**DESCRIBED, "kind": "oracle"}, READERS)
