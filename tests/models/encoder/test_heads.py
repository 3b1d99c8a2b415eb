"""Heads learn what vectors show, and are read back as they were written."""

from dataclasses import replace

import numpy as np
import pytest

from models.encoding.perceptron import Perceptron
from models.training.multilingual.rows import TaughtSentences
from tests.models.encoder.test_sentences import SMALL

torch = pytest.importorskip("torch", reason="needs the extra `encoders`")

FITTING = replace(SMALL.fitting, epochs=12, batch=32)
HEADS_PLAN = replace(SMALL, fitting=FITTING)


def lesson(count, seed):
    """Return vectors of which one side is toxic, and which nobody judged for hate."""
    vectors = np.random.default_rng(seed).normal(0, 1, (count, 512)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[:, 0] += np.where(np.arange(count) % 2, 0.3, -0.3)
    toxic = (vectors[:, 0] > 0).astype(np.float32)
    rows = TaughtSentences(
        texts=[""] * count,
        labels=np.stack([toxic, np.full(count, np.nan, np.float32)], axis=1),
        weights=np.stack([np.ones(count), np.zeros(count)], axis=1).astype(np.float32),
    )
    return rows, vectors.astype(np.float16)


def fitted_heads(told=lambda *_: None):
    from models.training.multilingual.heads import fit_heads

    return fit_heads(*lesson(400, 1), HEADS_PLAN, told)


def test_heads_learn_and_are_written_as_they_are(tmp_path):
    from models.training.multilingual.heads import write_heads

    losses = []
    network = fitted_heads(lambda epoch, epochs, loss: losses.append(loss))
    write_heads(network, list(HEADS_PLAN.heads), tmp_path / "heads.npz")
    heads = Perceptron.load(tmp_path / "heads.npz")
    rows, vectors = lesson(200, 2)
    margins = heads.margins(vectors.astype(np.float32))

    assert len(losses) == FITTING.epochs
    assert losses[-1] < losses[0] / 2
    assert heads.attributes == tuple(HEADS_PLAN.heads)
    assert ((margins[:, 0] > 0) == (rows.labels[:, 0] > 0)).mean() > 0.95
    with torch.inference_mode():
        exact = network(torch.from_numpy(vectors.astype(np.float32))).numpy()
    assert margins == pytest.approx(exact, abs=0.05)


def test_the_same_rows_give_the_same_file(tmp_path):
    from models.training.multilingual.heads import write_heads

    for name in ("one.npz", "two.npz"):
        write_heads(fitted_heads(), list(HEADS_PLAN.heads), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
