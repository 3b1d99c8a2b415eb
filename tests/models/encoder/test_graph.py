"""A matrix in whole numbers gives nearly the same products as the matrix itself."""

import numpy as np
import onnxruntime
import pytest

from models.training.encoder.graph import MATRIX_STEPS, TABLE_STEPS, Graph, quantised

onnx = pytest.importorskip("onnx", reason="needs the extra `encoders`")

RANDOM = np.random.default_rng(4)
TABLE = RANDOM.normal(0, 1, (50, 16)).astype(np.float32)
MATRIX = RANDOM.normal(0, 1, (16, 5)).astype(np.float32)
BIAS = RANDOM.normal(0, 1, 5).astype(np.float32)


def products(rows, *, exact):
    graph = Graph(exact=exact)
    product = graph.dense(graph.looked_up(TABLE, "rows"), MATRIX, BIAS)
    model = graph.model(("rows", ("n",)), (product, "products", ("n", 5)), {"seed": "4"})
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    assert session.get_modelmeta().custom_metadata_map == {"seed": "4"}
    return session.run(None, {"rows": np.array(rows, np.int64)})[0]


@pytest.mark.parametrize(("exact", "tolerance"), [(True, 1e-5), (False, 0.3)])
def test_products_are_those_of_the_matrix(exact, tolerance):
    rows = [3, 1, 4, 1, 5]
    np.testing.assert_allclose(
        products(rows, exact=exact), TABLE[rows] @ MATRIX + BIAS, atol=tolerance
    )


@pytest.mark.parametrize(("steps", "axis"), [(MATRIX_STEPS, 0), (TABLE_STEPS, 1)])
def test_numbers_keep_their_value_within_half_a_step(steps, axis):
    whole, scales = quantised(MATRIX, steps, axis)

    assert np.abs(whole.astype(int)).max() == steps
    assert np.all(np.abs(whole * scales - MATRIX) <= scales / 2 + 1e-6)


def test_zeros_stay_zeros():
    whole, scales = quantised(np.zeros((3, 2), np.float32), MATRIX_STEPS, 0)
    assert not whole.any()
    assert np.isfinite(scales).all()
