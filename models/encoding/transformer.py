"""A transformer in an ONNX file, run on one thread; it says what each piece adds to each margin.

The file takes `pieces`, int64 of shape (1, n), and gives `margins`, float32 of shape (n, heads).
Its metadata name the heads (`attributes`) and their biases (`bias`), both as JSON.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from models.attributes import ATTRIBUTES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions

INPUT: Final = "pieces"
OUTPUT: Final = "margins"
ERRORS_ONLY: Final = 3


class Transformer:
    """A network of one language; safe to share between threads and across a fork."""

    def __init__(self, session: "InferenceSession") -> None:
        """Use a session.

        :raises ValueError: it is not a network of this kind.
        """
        described = session.get_modelmeta().custom_metadata_map
        self._session = session
        self.attributes: tuple[str, ...] = tuple(json.loads(described.get("attributes", "[]")))
        self.biases: NDArray[np.float64] = np.array(
            json.loads(described.get("bias", "[]")), np.float64
        )
        if not self.attributes or not set(self.attributes) <= set(ATTRIBUTES):
            raise ValueError(f"a network with heads {self.attributes}")
        if self.biases.shape != (len(self.attributes),):
            raise ValueError(f"{len(self.attributes)} heads, biases of shape {self.biases.shape}")

    @classmethod
    def load(cls, path: Path) -> "Transformer":
        """Read an ONNX file.

        :raises OSError: it cannot be read.
        :raises ValueError: it is not a network of this kind.
        """
        content = path.read_bytes()
        # Imported late: a classifier without a second reading should not pay for it.
        import onnxruntime

        try:
            session = onnxruntime.InferenceSession(
                content, _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as fault:  # its exceptions have no base of their own
            raise ValueError(f"{path.name}: {fault}") from fault
        return cls(session)

    def contributions(self, ids: Sequence[int]) -> NDArray[np.float64]:
        """Return what each piece adds to each margin, of shape (pieces, heads)."""
        pieces = np.array([ids], np.int64)
        [margins] = self._session.run([OUTPUT], {INPUT: pieces})
        return np.asarray(margins, np.float64).reshape(len(ids), len(self.attributes))


def _options() -> "SessionOptions":
    """Ask for one thread, and for no memory beyond what a text needs."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = ERRORS_ONLY
    return options
