"""The network gives what its layers say, piece by piece, and refuses weights that do not fit."""

import numpy as np
import pytest

from models.encoding.convolution import REACH, Convolution
from tests.models.encoding.multilingual import network_arrays

IDS = [1, 17, 4, 69, 17, 23, 2]


def matrix(arrays, name):
    return arrays[name].astype(float) * float(arrays[f"{name}_scale"])


def normed(values, gain, bias):
    return (values - values.mean()) / np.sqrt(values.var() + 1e-12) * gain + bias


def word(arrays, piece):
    """Look one piece up, nibble by nibble."""
    low = [int(code) % 16 for code in arrays["codes"][piece]]
    high = [int(code) // 16 for code in arrays["codes"][piece]]
    levels = arrays["levels"].astype(float)[low + high]
    return levels * float(arrays["scales"][piece]) + float(arrays["means"][piece])


def convolved(arrays, rows, name, reach):
    """Convolve one layer, place by place, and add its input."""
    out = []
    for place, row in enumerate(rows):
        seen = [
            rows[place + step] if 0 <= place + step < len(rows) else np.zeros(256) for step in reach
        ]
        step = np.concatenate(seen) @ matrix(arrays, name) + arrays[f"{name}_bias"]
        out.append(np.maximum(step, 0) + row)
    return out


def by_hand(arrays, ids):
    """Compute the vector of a text from the description of the layers, each branch alone."""
    words = [word(arrays, piece) for piece in ids]
    features = [[each] for each in words]
    for order, reach in ((2, (0, 1)), (3, (-1, 0, 1)), (5, (-2, -1, 0, 1, 2))):
        rows = [
            normed(
                each @ matrix(arrays, f"project_{order}") + arrays[f"project_{order}_bias"],
                arrays[f"norm_{order}_gain"],
                arrays[f"norm_{order}_bias"],
            )
            for each in words
        ]
        for name in (f"first_{order}", f"second_{order}"):
            rows = convolved(arrays, rows, name, reach)
        for parts, row in zip(features, rows, strict=True):
            parts.append(row)
    gain, bias = arrays["norm_gain"], arrays["norm_bias"]
    pooled = sum(
        normed(np.concatenate(parts), gain, bias) @ matrix(arrays, "pool") + arrays["pool_bias"]
        for parts in features
    ) / np.sqrt(len(ids))
    first = np.maximum(pooled @ matrix(arrays, "hidden_0"), 0)
    first = np.maximum(first @ matrix(arrays, "hidden_1") + pooled @ matrix(arrays, "skip_1"), 0)
    last = np.maximum(first @ matrix(arrays, "hidden_2"), 0)
    last = np.tanh(last @ matrix(arrays, "hidden_3") + first @ matrix(arrays, "skip_3"))
    return last / np.linalg.norm(last)


@pytest.mark.parametrize("ids", [IDS, [1, 2], [5], IDS * 6])
def test_the_vector_is_what_the_layers_say(ids):
    arrays = network_arrays()
    vector = Convolution(arrays).vector(ids)

    assert vector.dtype == np.float32
    assert vector == pytest.approx(by_hand(arrays, ids), abs=2e-5)


def test_the_order_of_pieces_counts():
    network = Convolution(network_arrays())
    assert network.vector(IDS) @ network.vector(IDS[::-1]) < 0.999


def test_sums_of_features_give_the_vector():
    network = Convolution(network_arrays())
    features = network.features(IDS)

    assert features.shape == (len(IDS), 1280)
    pooled = network.pooled(np.stack([features.sum(axis=0)] * 3), np.array([len(IDS)] * 3))
    assert pooled[2] == pytest.approx(network.vector(IDS), abs=1e-5)


def test_the_features_of_a_piece_depend_on_its_neighbours_within_reach():
    network = Convolution(network_arrays())
    ids = [5] * (2 * REACH + 3)
    changed = [9, *ids[1:]]
    differs = abs(network.features(ids) - network.features(changed)).max(axis=1) > 1e-4

    assert list(differs) == [place <= REACH for place in range(len(ids))]


def test_weights_are_read_from_a_file(tmp_path):
    arrays = network_arrays()
    np.savez(tmp_path / "network.npz", **arrays)
    network = Convolution.load(tmp_path / "network.npz")

    assert len(network) == len(arrays["codes"])
    assert np.array_equal(network.vector(IDS), Convolution(arrays).vector(IDS))


def test_a_missing_array_is_named():
    arrays = network_arrays()
    del arrays["second_3"]
    with pytest.raises(KeyError, match="second_3"):
        Convolution(arrays)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("pool", np.zeros((1280, 511), np.int8)),
        ("norm_gain", np.zeros(1280)),
        ("codes", np.zeros((72, 512), np.uint8)),
        ("scales", np.zeros(71, np.float16)),
    ],
)
def test_an_array_that_does_not_fit_is_refused(name, array):
    with pytest.raises(ValueError, match="an array of"):
        Convolution(network_arrays() | {name: array})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04half", b"no archive"])
def test_a_broken_file_is_refused(tmp_path, content):
    (tmp_path / "network.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"network\.npz|pickle"):
        Convolution.load(tmp_path / "network.npz")
