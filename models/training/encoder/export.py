"""The file that production reads: a network in ONNX, its weights in whole numbers.

Pieces come in as (1, n); out come the margins that each of them adds, (n, attributes). Since the
states are averaged and the heads are linear, these and the bias add up to the margins of a text.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from models.training.encoder.graph import Graph
from models.training.encoder.network import (
    ATTENDING,
    EPSILON,
    HIDDEN,
    LAYERS,
    WIDTH,
    EncoderNetwork,
)

PIECES: Final = "pieces"
MARGINS: Final = "margins"

Weights = dict[str, NDArray[np.float32]]


def export(
    network: EncoderNetwork,
    attributes: Sequence[str],
    longest: int,
    path: Path,
    *,
    exact: bool = False,
) -> None:
    """Write a network for texts of up to `longest` pieces; `exact` keeps its weights as they are.

    :raises ValueError: there are not as many attributes as heads.
    """
    weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    bias = [float(value) for value in weights["head.bias"]]
    if len(bias) != len(attributes):
        raise ValueError(f"{len(bias)} heads cannot score {len(attributes)} attributes")
    graph = Graph(exact=exact)
    states = _embedded(graph, _under("embeddings.", weights), longest)
    for place in range(LAYERS):
        layer = _under(f"layers.{place}.", weights)
        states = _transformed(graph, layer, _attended(graph, layer, states), states)
    added = _judged(graph, weights["head.weight"], states)
    properties = {"attributes": json.dumps(list(attributes)), "bias": json.dumps(bias)}
    model = graph.model((PIECES, (1, "n")), (added, MARGINS, ("n", len(bias))), properties)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _under(prefix: str, weights: Weights) -> Weights:
    return {
        name.removeprefix(prefix): value
        for name, value in weights.items()
        if name.startswith(prefix)
    }


def _embedded(graph: Graph, weights: Weights, longest: int) -> str:
    """Return the vectors (n, hidden) of pieces and their places."""
    [row] = graph.add("Squeeze", PIECES, graph.constant(np.array([0])))
    words = graph.looked_up(weights["word_embeddings.weight"], row)
    places = weights["position_embeddings.weight"][:longest]
    kind = weights["token_type_embeddings.weight"][0]
    start, length = graph.constant(np.array([0])), graph.one("Shape", row)
    near = graph.one("Slice", graph.constant(places + kind), start, length)
    return _normed(graph, weights, "LayerNorm", graph.one("Add", words, near))


def _normed(graph: Graph, weights: Weights, name: str, states: str) -> str:
    scale, shift = (graph.constant(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.one("LayerNormalization", states, scale, shift, epsilon=EPSILON)


def _dense(graph: Graph, weights: Weights, names: Sequence[str], states: str) -> str:
    """Multiply by the matrices of several layers at once; their results lie side by side."""
    matrix = np.concatenate([weights[f"{name}.weight"] for name in names]).T
    bias = np.concatenate([weights[f"{name}.bias"] for name in names])
    return graph.dense(states, matrix, bias)


def _attended(graph: Graph, weights: Weights, states: str) -> str:
    """Return what each piece gathers from the others, (n, hidden)."""
    three = _dense(graph, weights, ("query", "key", "value"), states)
    split = graph.constant(np.array([0, 3, ATTENDING, WIDTH]))
    parted = graph.one("Transpose", graph.one("Reshape", three, split), perm=[1, 2, 0, 3])
    first = graph.constant(np.array([0]))
    query, key, value = (
        graph.one("Squeeze", part, first)
        for part in graph.add("Split", parted, outputs=3, axis=0, num_outputs=3)
    )
    scale = graph.constant(np.array(WIDTH**-0.5, np.float32))
    turned = graph.one("Transpose", key, perm=[0, 2, 1])
    alike = graph.one("MatMul", graph.one("Mul", query, scale), turned)
    gathered = graph.one("MatMul", graph.one("Softmax", alike, axis=-1), value)
    side_by_side = graph.one("Transpose", gathered, perm=[1, 0, 2])
    return graph.one("Reshape", side_by_side, graph.constant(np.array([0, HIDDEN])))


def _transformed(graph: Graph, weights: Weights, attended: str, states: str) -> str:
    """Finish a layer as `network.Layer` does."""
    mixed = graph.one("Add", states, _dense(graph, weights, ("mixed",), attended))
    states = _normed(graph, weights, "mixed_norm", mixed)
    inner = graph.one("Gelu", _dense(graph, weights, ("inner",), states))
    outer = graph.one("Add", states, _dense(graph, weights, ("outer",), inner))
    return _normed(graph, weights, "outer_norm", outer)


def _judged(graph: Graph, heads: NDArray[np.float32], states: str) -> str:
    """Return what each piece adds to each margin, (n, attributes)."""
    margins = graph.one("MatMul", states, graph.constant(heads.T))
    shape = graph.one("Shape", states, start=0, end=1)
    return graph.one("Div", margins, graph.one("Cast", shape, to=TensorProto.FLOAT))
