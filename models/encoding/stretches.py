"""A part of a text that a network has read once, judged as a whole and sentence by sentence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.encoding.convolution import REACH, Convolution
from models.encoding.encoder import Floats
from models.encoding.passage import Sequel
from models.encoding.perceptron import Perceptron


class ReadPart:
    """The features of a part, and the margins of its stretches: the whole, then each sentence.

    Every stretch is judged with the two pieces that stand for the ends of the part.
    """

    def __init__(
        self,
        network: Convolution,
        heads: Perceptron,
        sequel: Sequel,
        sentences: Sequence[range],
    ) -> None:
        """Read a part; a single sentence is the whole part."""
        self.sequel = sequel
        self._network, self._heads = network, heads
        self._features = network.features(sequel.ids)
        whole = range(1, len(sequel.ids) - 1)
        self.stretches = [whole, *(sentences if len(sentences) > 1 else ())]
        self._inside = np.array([self._mask(stretch) for stretch in self.stretches])
        self._counts = self._inside.sum(axis=1)
        self._sums = self._inside.astype(np.float32) @ self._features
        self._closed: dict[tuple[int, int], NDArray[np.float32]] = {}
        self.margins: Floats = heads.margins(network.pooled(self._sums, self._counts))

    def without(self, stretch: int, gaps: Sequence[tuple[int, int]]) -> Floats:
        """Return the margins of a stretch without the pieces of each gap, (gaps, attributes).

        Only pieces near a gap are read anew, since the network sees no further.
        """
        inside = self._inside[stretch]
        sums = [self._sums[stretch] + self._change(inside, *gap) for gap in gaps]
        lost = [int(inside[start:stop].sum()) for start, stop in gaps]
        counts = self._counts[stretch] - np.array(lost)
        return self._heads.margins(self._network.pooled(np.array(sums), counts))

    def _mask(self, stretch: range) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.sequel.ids), bool)
        mask[[0, -1]] = mask[stretch.start : stretch.stop] = True
        return mask

    def _change(self, inside: NDArray[np.bool_], start: int, stop: int) -> NDArray[np.float32]:
        """Return by what the sum of some pieces changes without those from `start` to `stop`."""
        first, last = max(0, start - REACH), min(len(inside), stop + REACH)
        kept = np.concatenate([inside[first:start], inside[stop:last]])
        old = self._features[first:last][inside[first:last]]
        return np.asarray(self._around(start, stop)[kept].sum(axis=0) - old.sum(axis=0))

    def _around(self, start: int, stop: int) -> NDArray[np.float32]:
        """Return the features of the pieces within reach of a gap, once it is closed."""
        if (start, stop) not in self._closed:
            ids, around = self.sequel.ids, max(0, start - 2 * REACH)
            closed = self._network.features([*ids[around:start], *ids[stop : stop + 2 * REACH]])
            first, last = max(0, start - REACH), min(len(ids), stop + REACH)
            self._closed[start, stop] = closed[first - around : last - around - (stop - start)]
        return self._closed[start, stop]
