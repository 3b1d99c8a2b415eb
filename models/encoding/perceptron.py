"""Heads of a frozen encoder: a small network from the vector of a text to its margins."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.attributes import ATTRIBUTES

LAYERS: Final = 3
# The approximation of D. Hendrycks and K. Gimpel, https://arxiv.org/abs/1606.08415.
_INNER: Final = np.float32(np.sqrt(2 / np.pi))
_CUBE: Final = np.float32(0.044715)
HALF: Final = np.float32(0.5)


class Perceptron:
    """Three layers with a smooth hinge (GELU) between them."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Use weights by their names in the file.

        :raises KeyError: an array is missing.
        :raises ValueError: one does not fit to the layer before it, or a head is no attribute.
        """
        self.attributes = tuple(arrays["attributes"].tolist())
        self._layers = [
            (
                arrays[f"layer_{place}"].astype(np.float32),
                arrays[f"layer_{place}_bias"].astype(np.float32),
            )
            for place in range(LAYERS)
        ]
        if not self.attributes or not set(self.attributes) <= set(ATTRIBUTES):
            raise ValueError(f"heads for {self.attributes}")
        width = self.inputs
        for weights, bias in self._layers:
            if weights.shape != (width, len(bias)):
                raise ValueError(f"a layer of {weights.shape} with a bias of {bias.shape}")
            width = len(bias)
        if width != len(self.attributes):
            raise ValueError(f"{width} margins for {len(self.attributes)} attributes")

    @classmethod
    def load(cls, path: Path) -> "Perceptron":
        """Read the weights.

        :raises OSError: the file cannot be read.
        :raises KeyError: an array is missing.
        :raises ValueError: it is no such file, or the layers do not fit together.
        """
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                return cls(arrays)
        except (zipfile.BadZipFile, EOFError) as fault:
            raise ValueError(f"{path.name}: {fault}") from fault

    @property
    def inputs(self) -> int:
        """The width of the vectors that it reads."""
        return len(self._layers[0][0])

    def margins(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return margins (texts, attributes) for vectors (texts, width)."""
        *hidden, (weights, bias) = self._layers
        for inner, shift in hidden:
            vectors = _bent(vectors @ inner + shift)
        return np.asarray(vectors @ weights + bias, np.float64)


def _bent(values: NDArray[np.float32]) -> NDArray[np.float32]:
    bend = np.tanh(_INNER * (values + _CUBE * values * values * values))
    return np.asarray(HALF * values * (1 + bend), np.float32)
