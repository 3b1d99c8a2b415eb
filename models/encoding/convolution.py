"""The multilingual Universal Sentence Encoder: pieces of a text become one vector.

Y. Yang et al., Multilingual Universal Sentence Encoder for Semantic Retrieval, 2019
(https://arxiv.org/abs/1907.04307). The layers are those of the graph that its authors published as
universal-sentence-encoder-multilingual, version 3; weights are kept as small integers.
"""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

ORDERS: Final = ((2, 0), (3, 1), (5, 2))
"""Each branch sees so many neighbouring pieces, and so many of them before the piece itself."""
REACH: Final = 4
"""The features of a piece depend on so many pieces on either side."""
WIDTH: Final = 512
BRANCH: Final = 256
TINY: Final = np.float32(1e-12)
NIBBLE: Final = 4


class ConvolutionBranch(NamedTuple):
    """The weights of one branch: two convolutions, each with its bias."""

    first: Array
    first_bias: Array
    second: Array
    second_bias: Array


class Convolution:
    """Turns ids of pieces into vectors of length 1; safe to share between threads."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Use weights by their names in the file.

        :raises KeyError: an array is missing.
        :raises ValueError: one has another shape.
        """
        self._codes = _shaped(arrays["codes"], (None, WIDTH // 2), np.uint8)
        rows = len(self._codes)
        self._levels = _shaped(arrays["levels"], (1 << NIBBLE,), np.float32)
        self._scales = _shaped(arrays["scales"], (rows,), np.float16)
        self._means = _shaped(arrays["means"], (rows,), np.float16)
        self._project = _joined(arrays, "project_{}", (WIDTH, BRANCH))
        self._project_bias = _joined(arrays, "project_{}_bias", (BRANCH,))
        self._gains = _joined(arrays, "norm_{}_gain", (BRANCH,)).reshape(-1, BRANCH)
        self._shifts = _joined(arrays, "norm_{}_bias", (BRANCH,)).reshape(-1, BRANCH)
        self._branches = [_branch(arrays, order) for order, _ in ORDERS]
        features = WIDTH + BRANCH * len(ORDERS)
        self._gain = _weights(arrays, "norm_gain", (features,))
        self._shift = _weights(arrays, "norm_bias", (features,))
        self._pool = _weights(arrays, "pool", (features, WIDTH))
        self._pool_bias = _weights(arrays, "pool_bias", (WIDTH,))
        self._hidden = [
            _weights(arrays, f"hidden_{place}", shape)
            for place, shape in enumerate(((WIDTH, 320), (320, 320), (320, WIDTH), (WIDTH, WIDTH)))
        ]
        self._skips = [
            _weights(arrays, "skip_1", (WIDTH, 320)),
            _weights(arrays, "skip_3", (320, WIDTH)),
        ]

    @classmethod
    def load(cls, path: Path) -> "Convolution":
        """Read the weights.

        :raises OSError: the file cannot be read.
        :raises KeyError: an array is missing.
        :raises ValueError: it is no such file, or an array has another shape.
        """
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                return cls(arrays)
        except (zipfile.BadZipFile, EOFError) as fault:
            raise ValueError(f"{path.name}: {fault}") from fault

    @property
    def width(self) -> int:
        """The width of its vectors."""
        return WIDTH

    def __len__(self) -> int:
        """Return the number of pieces that it knows."""
        return len(self._codes)

    def vector(self, pieces: Sequence[int]) -> Array:
        """Return the vector of a text, of shape (512,), from the ids of its pieces."""
        vectors = self.pooled(self.features(pieces).sum(axis=0)[None], np.array([len(pieces)]))
        return np.asarray(vectors[0])

    def features(self, pieces: Sequence[int]) -> Array:
        """Return the features (pieces, 1280) of pieces, each seen among its neighbours."""
        words = self._embedded(np.asarray(pieces, np.int64))
        projected = (words @ self._project + self._project_bias).reshape(-1, len(ORDERS), BRANCH)
        inputs = _normed(projected) * self._gains + self._shifts
        convolved = [
            _convolved(inputs[:, place], branch, order, before)
            for place, (branch, (order, before)) in enumerate(
                zip(self._branches, ORDERS, strict=True)
            )
        ]
        features = _normed(np.concatenate([words, *convolved], axis=1))
        features *= self._gain
        features += self._shift
        return np.asarray(features, np.float32)

    def pooled(self, sums: Array, counts: NDArray[np.integer[Any]]) -> Array:
        """Return vectors (texts, 512) for the sums (texts, 1280) of so many pieces' features."""
        lengths = counts.astype(np.float32)[:, None]
        mean = (sums @ self._pool + lengths * self._pool_bias) / np.sqrt(lengths)
        first = np.maximum(mean @ self._hidden[0], 0)
        first = np.maximum(first @ self._hidden[1] + mean @ self._skips[0], 0)
        last = np.maximum(first @ self._hidden[2], 0)
        last = np.tanh(last @ self._hidden[3] + first @ self._skips[1])
        squares = np.einsum("ij,ij->i", last, last)
        return np.asarray(last / np.sqrt(np.maximum(squares, TINY))[:, None], np.float32)

    def _embedded(self, pieces: NDArray[np.int64]) -> Array:
        """Look pieces up: a byte holds two dimensions, half the width apart."""
        codes = self._codes[pieces]
        levels = self._levels.take(np.concatenate([codes & 15, codes >> NIBBLE], axis=1))
        scales, means = self._scales[pieces, None], self._means[pieces, None]
        return np.asarray(levels * scales.astype(np.float32) + means.astype(np.float32))


def _normed(values: Array) -> Array:
    """Give the last axis the mean 0 and the variance 1."""
    centred = values - values.mean(axis=-1, keepdims=True)
    variance = np.einsum("...i,...i->...", centred, centred) / np.float32(values.shape[-1])
    centred /= np.sqrt(variance + TINY)[..., None]
    return np.asarray(centred, np.float32)


def _convolved(inputs: Array, branch: ConvolutionBranch, order: int, before: int) -> Array:
    """Convolve twice; each time what came in is added to what comes out."""
    once = np.maximum(_windows(inputs, order, before) @ branch.first + branch.first_bias, 0)
    once += inputs
    twice = np.maximum(_windows(once, order, before) @ branch.second + branch.second_bias, 0)
    twice += once
    return np.asarray(twice, np.float32)


def _windows(inputs: Array, order: int, before: int) -> Array:
    """Put each row beside its neighbours; beyond both ends there are zeros."""
    padded = np.zeros((len(inputs) + order - 1, inputs.shape[1]), np.float32)
    padded[before : before + len(inputs)] = inputs
    return np.concatenate([padded[place : place + len(inputs)] for place in range(order)], axis=1)


def _branch(arrays: Mapping[str, NDArray[Any]], order: int) -> ConvolutionBranch:
    shape = (order * BRANCH, BRANCH)
    return ConvolutionBranch(
        first=_weights(arrays, f"first_{order}", shape),
        first_bias=_weights(arrays, f"first_{order}_bias", (BRANCH,)),
        second=_weights(arrays, f"second_{order}", shape),
        second_bias=_weights(arrays, f"second_{order}_bias", (BRANCH,)),
    )


def _joined(arrays: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, ...]) -> Array:
    """Put the arrays of all branches side by side."""
    parts = [_weights(arrays, name.format(order), shape) for order, _ in ORDERS]
    return np.concatenate(parts, axis=-1)


def _weights(arrays: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, ...]) -> Array:
    """Return an array of floats, or of small integers times one scale."""
    array = arrays[name]
    if array.dtype == np.int8:
        return _shaped(array, shape, np.int8).astype(np.float32) * np.float32(
            arrays[f"{name}_scale"]
        )
    return _shaped(array, shape, np.float32)


def _shaped(
    array: NDArray[Any], shape: tuple[int | None, ...], kind: type[np.generic]
) -> NDArray[Any]:
    fits = len(array.shape) == len(shape) and all(
        expected in (None, found) for expected, found in zip(shape, array.shape, strict=True)
    )
    if not fits or array.dtype != kind:
        raise ValueError(f"an array of {array.dtype} {array.shape}, not {np.dtype(kind)} {shape}")
    return array
