"""A small convolutional network in plain numpy, as an attacker without a graphics card has one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

BATCH = 64
RATE = 1.5e-3
DECAYS = (0.9, 0.999)


class Convolution:
    """3 × 3 windows, the positive part, and the largest value of each 2 × 2 dots."""

    def __init__(self, inputs: int, outputs: int, rng: np.random.Generator) -> None:
        """Start with random weights."""
        size = 9 * inputs
        self.weights = _random(rng, size, outputs)
        self.bias = np.zeros(outputs, dtype=np.float32)

    def forward(self, dots: Floats) -> Floats:
        """Map (batch, rows, columns, channels) to half as many rows and columns."""
        padded = np.pad(dots, ((0, 0), (1, 1), (1, 1), (0, 0)))
        windows = sliding_window_view(padded, (3, 3), axis=(1, 2))
        self.shape = dots.shape
        self.columns = windows.reshape(-1, self.weights.shape[0])
        high = self.columns @ self.weights + self.bias
        batch, rows, columns, _ = self.shape
        blocks = high.reshape(batch, rows // 2, 2, columns // 2, 2, -1).transpose(0, 1, 3, 5, 2, 4)
        blocks = blocks.reshape(*blocks.shape[:4], 4)
        self.chosen = blocks.argmax(-1)[..., None]
        best = np.take_along_axis(blocks, self.chosen, -1)[..., 0]
        self.alive = best > 0
        return np.where(self.alive, best, np.float32(0))

    def backward(self, slope: Floats) -> Floats:
        """Note the slopes of the weights, and return that of the input."""
        blocks = np.zeros((*slope.shape, 4), dtype=np.float32)
        np.put_along_axis(blocks, self.chosen, (slope * self.alive)[..., None], -1)
        batch, rows, columns, channels = self.shape
        blocks = blocks.reshape(batch, rows // 2, columns // 2, -1, 2, 2)
        high = blocks.transpose(0, 1, 4, 2, 5, 3).reshape(-1, slope.shape[-1])
        self.slopes = [self.columns.T @ high, high.sum(0)]
        back = (high @ self.weights.T).reshape(batch, rows, columns, channels, 3, 3)
        padded = np.zeros((batch, rows + 2, columns + 2, channels), dtype=np.float32)
        for down in range(3):
            for right in range(3):
                padded[:, down : down + rows, right : right + columns] += back[..., down, right]
        return padded[:, 1:-1, 1:-1]


class Dense:
    """Every input to every output."""

    def __init__(self, inputs: int, outputs: int, rng: np.random.Generator) -> None:
        """Start with random weights."""
        self.weights = _random(rng, inputs, outputs)
        self.bias = np.zeros(outputs, dtype=np.float32)

    def forward(self, dots: Floats) -> Floats:
        """Map (batch, …) to (batch, outputs)."""
        self.shape, self.flat = dots.shape, dots.reshape(len(dots), -1)
        return self.flat @ self.weights + self.bias

    def backward(self, slope: Floats) -> Floats:
        """Note the slopes of the weights, and return that of the input."""
        self.slopes = [self.flat.T @ slope, slope.sum(0)]
        return (slope @ self.weights.T).reshape(self.shape)


@dataclass
class Adam:
    """Steps of a size that suits each weight (Kingma and Ba, 2015)."""

    weights: Sequence[Floats]
    steps: int = 0
    means: list[Floats] = field(default_factory=list)
    squares: list[Floats] = field(default_factory=list)

    def step(self, slopes: Sequence[Floats], rate: float) -> None:
        """Change the weights in place."""
        if not self.means:
            self.means = [np.zeros_like(weights) for weights in self.weights]
            self.squares = [np.zeros_like(weights) for weights in self.weights]
        self.steps += 1
        first, second = DECAYS
        fair = rate * np.sqrt(1 - second**self.steps) / (1 - first**self.steps)
        for weights, slope, mean, square in zip(
            self.weights, slopes, self.means, self.squares, strict=True
        ):
            mean += (1 - first) * (slope - mean)
            square += (1 - second) * (slope * slope - square)
            weights -= np.float32(fair) * mean / (np.sqrt(square) + np.float32(1e-8))


class Network:
    """Reads several characters from one field of dots; rows and columns are multiples of 8."""

    def __init__(self, shape: tuple[int, int], places: int, kinds: int, *, seed: int = 1) -> None:
        """Read `places` characters of `kinds` possible ones from fields of this shape."""
        rng = np.random.default_rng(seed)
        rows, columns = shape
        self.places, self.kinds = places, kinds
        self.layers = [
            *(Convolution(*pair, rng) for pair in ((1, 12), (12, 24), (24, 48))),
            Dense(rows // 8 * (columns // 8) * 48, places * kinds, rng),
        ]
        self.adam = Adam([part for layer in self.layers for part in (layer.weights, layer.bias)])

    def read(self, fields: Floats) -> Numbers:
        """Return the likeliest character of each place, as (fields, places)."""
        batches = [fields[at : at + BATCH] for at in range(0, len(fields), BATCH)]
        return np.concatenate([self._scores(batch).argmax(-1) for batch in batches])

    def learn(self, fields: Floats, codes: Numbers, rng: np.random.Generator) -> Iterator[float]:
        """Go through all fields once in random order; yield each batch's share of errors."""
        order = rng.permutation(len(fields))
        for at in range(0, len(fields), BATCH):
            chosen = order[at : at + BATCH]
            yield self._learn(fields[chosen], codes[chosen])

    def slow_down(self, factor: float) -> None:
        """Learn in smaller steps from now on."""
        self.rate = getattr(self, "rate", RATE) * factor

    def _scores(self, fields: Floats) -> Floats:
        dots = fields[..., None]
        for layer in self.layers:
            dots = layer.forward(dots)
        return dots.reshape(len(fields), self.places, self.kinds)

    def _learn(self, fields: Floats, codes: Numbers) -> float:
        scores = self._scores(fields)
        likely = np.exp(scores - scores.max(-1, keepdims=True))
        likely /= likely.sum(-1, keepdims=True)
        truth = np.eye(self.kinds, dtype=np.float32)[codes]
        slope = ((likely - truth) / len(fields)).reshape(len(fields), -1)
        for layer in reversed(self.layers):
            slope = layer.backward(slope)
        slopes = [part for layer in self.layers for part in layer.slopes]
        self.adam.step(slopes, getattr(self, "rate", RATE))
        return float((scores.argmax(-1) != codes).mean())


def _random(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    return rng.normal(0, np.sqrt(2 / inputs), (inputs, outputs)).astype(np.float32)
