"""Heads turn vectors into margins, and refuse layers that do not fit."""

import math

import numpy as np
import pytest

from models.encoding.perceptron import Perceptron
from tests.models.encoding.multilingual import HEADS, heads_arrays


def bent(value):
    """Return GELU, computed exactly."""
    return value * (1 + math.erf(value / math.sqrt(2))) / 2


def test_margins_are_what_the_layers_say():
    arrays = heads_arrays()
    vector = np.random.default_rng(3).normal(0, 1, 512).astype(np.float32)
    values = vector.astype(float)
    for place in range(3):
        values = values @ arrays[f"layer_{place}"].astype(float) + arrays[f"layer_{place}_bias"]
        if place < 2:
            values = np.array([bent(value) for value in values])

    margins = Perceptron(arrays).margins(vector[None])

    assert margins.shape == (1, len(HEADS))
    assert margins[0] == pytest.approx(values, abs=0.01)  # GELU is approximated


def test_heads_are_read_from_a_file(tmp_path):
    np.savez(tmp_path / "heads.npz", **heads_arrays())
    heads = Perceptron.load(tmp_path / "heads.npz")

    assert heads.attributes == HEADS
    assert heads.inputs == 512


@pytest.mark.parametrize(
    "change",
    [
        {"attributes": np.array(["TOXICITY", "KINDNESS", "SPAM"])},
        {"attributes": np.array(["TOXICITY", "SPAM"])},
        {"layer_1": np.zeros((25, 16), np.float16)},
        {"layer_0_bias": np.zeros(23, np.float16)},
    ],
)
def test_layers_that_do_not_fit_are_refused(change):
    with pytest.raises(ValueError, match=r"heads for|margins for|a layer of"):
        Perceptron(heads_arrays() | change)


def test_a_file_with_half_its_content_is_refused(tmp_path):
    np.savez(tmp_path / "heads.npz", **heads_arrays())
    content = (tmp_path / "heads.npz").read_bytes()
    (tmp_path / "heads.npz").write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match=r"heads\.npz"):
        Perceptron.load(tmp_path / "heads.npz")
