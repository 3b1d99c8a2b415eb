"""A graph of ONNX in the making: operations, constants, and matrices in whole numbers.

Matrices become 7-bit numbers with one scale for each column. One bit stays unused because
processors without VNNI add pairs of products in 16 bits, where full bytes would overflow
(https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MATRIX_STEPS: Final = 63  # on each side of zero
TABLE_STEPS: Final = 127  # tables are only looked up, never multiplied
OPSET: Final = 20
IR_VERSION: Final = 9
PRODUCER: Final = "folkmoot"


class Graph:
    """Collects operations; each gives the name of its result, which others can take."""

    def __init__(self, *, exact: bool = False) -> None:
        """Begin an empty graph; with `exact`, numbers are kept as they are."""
        self._exact = exact
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[Any]) -> str:
        """Add a constant."""
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operation: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        """Add an operation with several results."""
        names = [f"{operation}_{len(self._nodes)}_{place}" for place in range(outputs)]
        self._nodes.append(helper.make_node(operation, inputs, names, **attributes))
        return names

    def one(self, operation: str, *inputs: str, **attributes: Any) -> str:
        """Add an operation with one result."""
        return self.add(operation, *inputs, **attributes)[0]

    def looked_up(self, table: NDArray[np.float32], rows: str) -> str:
        """Look up rows of a table, which is kept in bytes with one scale a row."""
        if self._exact:
            return self.one("Gather", self.constant(table), rows)
        whole, scales = quantised(table, TABLE_STEPS, axis=1)
        found = self.one("Gather", self.constant(whole), rows)
        scale = self.one("Gather", self.constant(scales), rows)
        return self.one("Mul", self.one("Cast", found, to=TensorProto.FLOAT), scale)

    def dense(self, given: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Multiply (n, from) by a matrix (from, to) and add a bias (to)."""
        if self._exact:
            product = self.one("MatMul", given, self.constant(matrix))
            return self.one("Add", product, self.constant(bias))
        whole, scales = quantised(matrix, MATRIX_STEPS, axis=0)
        bytes_, scale, zero = self.add("DynamicQuantizeLinear", given, outputs=3)
        none = self.constant(np.zeros(matrix.shape[1], np.int8))
        product = self.one("MatMulInteger", bytes_, self.constant(whole), zero, none)
        both = self.one("Mul", scale, self.constant(scales[0]))
        product = self.one("Mul", self.one("Cast", product, to=TensorProto.FLOAT), both)
        return self.one("Add", product, self.constant(bias))

    def model(
        self,
        given: tuple[str, Sequence[int | str]],
        result: tuple[str, str, Sequence[int | str]],
        properties: Mapping[str, str],
    ) -> onnx.ModelProto:
        """Finish: `given` is the input (name, shape), `result` what is put out (of, name, shape).

        Sizes that are not known yet are names.
        """
        of, name, shape = result
        nodes = [*self._nodes, helper.make_node("Identity", [of], [name])]
        graph = helper.make_graph(
            nodes,
            PRODUCER,
            [helper.make_tensor_value_info(given[0], TensorProto.INT64, given[1])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)],
            self._constants,
        )
        model = helper.make_model(
            graph,
            producer_name=PRODUCER,
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET)],
        )
        helper.set_model_props(model, dict(properties))
        onnx.checker.check_model(model, full_check=True)
        return model


def quantised(
    weights: NDArray[np.float32], steps: int, axis: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return whole numbers from -steps to steps, and the scales along the other axis."""
    widest = np.abs(weights).max(axis=axis, keepdims=True)
    scales = (np.maximum(widest, np.finfo(np.float32).tiny) / steps).astype(np.float32)
    return np.rint(weights / scales).astype(np.int8), scales
